package io.github.qosrl.probes.flows;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What the flows of a direction say together of the delay that they all have: the weighted median
 * over the flows, each with the smallest of its newest delays. A flow weighs more the more packets
 * it had, the longer it is known, and the finer its clock ticks.
 *
 * <p>Also tells a flow that begins how long packets wait at present, which it cannot know itself.
 * Times and delays are nanoseconds. Not thread-safe.
 */
final class Consensus {
  /** The packets at the end of a window: those within this time of the newest. */
  private static final long END = 30_000_000;

  /** Of a flow, those within this time, or within this many ticks: queues change quickly. */
  private static final long TOGETHER = 10_000_000;

  private static final int TICKS = 4;

  /** What was known so long ago says nothing of the present. */
  private static final long PRESENT = 500_000_000;

  /** So little is not lent: an error in it would be handed on from flow to flow without end. */
  private static final double LEAST_LENT = 2_000_000;

  /** A flow that is younger owes what it knows to others. */
  static final long YOUNG = 1_000_000_000;

  private static final double WEIGHT_OF_YOUNG = 0.1;
  private static final int MOST_PACKETS = 16;

  /** More flows would make the median no better. */
  private static final int MOST_FLOWS = 64;

  private final double[] values = new double[MOST_FLOWS];
  private final double[] weights = new double[MOST_FLOWS];
  private final Recent present = new Recent();
  private int count;
  private long newest = Long.MIN_VALUE / 2;
  private int samples;

  /** Takes note of a packet's delay. */
  void add(long time, double excess, boolean young) {
    samples++;
    newest = Math.max(newest, time);
    if (!young) {
      present.add(time, excess, 0);
    }
  }

  /** Forgets the delays so far, whose times are no more those of packets to come. */
  void forget() {
    present.clear();
    newest = Long.MIN_VALUE / 2;
  }

  /** How long packets wait at that time, for a flow that begins then; 0 if that is not known. */
  double lent(long time) {
    double smallest = present.smallest(time - PRESENT, TOGETHER, 0);
    return smallest > LEAST_LENT ? smallest : 0;
  }

  /** Asks a flow, at the end of a window. */
  void hear(Recent flow, int packets, long since, double tick) {
    long within = Math.max(TOGETHER, (long) (TICKS * tick));
    double smallest = flow.smallest(newest - END, within, tick);
    if (count < MOST_FLOWS && !Double.isNaN(smallest)) {
      double known = newest - since > YOUNG ? 1 : WEIGHT_OF_YOUNG;
      values[count] = smallest;
      weights[count] = Math.min(MOST_PACKETS, packets) * known / (1 + tick * 1e-6);
      count++;
    }
  }

  /** Packets of the window that told a delay. */
  int samples() {
    return samples;
  }

  /** The delay in excess of the least, in seconds, of those that were heard; begins a window. */
  OptionalDouble take() {
    double median = count == 0 ? Double.NaN : median();
    count = 0;
    samples = 0;
    return Double.isNaN(median) ? OptionalDouble.empty() : OptionalDouble.of(median * 1e-9);
  }

  private double median() {
    double half = 0.5 * Arrays.stream(weights, 0, count).sum();
    for (int i = 1; i < count; i++) {
      double value = values[i];
      double weight = weights[i];
      int j = i - 1;
      for (; j >= 0 && values[j] > value; j--) {
        values[j + 1] = values[j];
        weights[j + 1] = weights[j];
      }
      values[j + 1] = value;
      weights[j + 1] = weight;
    }
    int i = 0;
    for (double sum = weights[0]; sum < half && i < count - 1; sum += weights[i]) {
      i++;
    }
    return values[i];
  }
}
