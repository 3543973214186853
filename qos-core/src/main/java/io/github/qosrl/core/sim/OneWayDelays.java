package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import java.util.SplittableRandom;

/**
 * What the senders' timestamps tell of the download's queue: arrival less timestamp, less the
 * smallest such difference.
 *
 * <p>A packet's timestamp is too early by what has passed of the sender's tick, which is anything
 * from 0 to the tick: of n packets the smallest error is the tick times {@code 1 − u^(1/n)} for a
 * uniform u.
 */
final class OneWayDelays {
  /** The figure is the smallest of the packets that came in the newest so many seconds. */
  private static final double NEWEST_SECONDS = 0.020;

  private static final double NEWEST_TICKS = 2;

  /** What the probe's fit leaves of a clock's drift. */
  private static final double DRIFT_LEFT = 0.1;

  /** A pure acknowledgement on the wire. */
  private static final double ACK = 66;

  private static final int STEPS = 256;

  private static final Metric INFLATION = FlowMetrics.FLOW_ONE_WAY_INFLATION.in(Direction.DOWNLOAD);
  private static final Metric SAMPLES = FlowMetrics.FLOW_ONE_WAY_SAMPLES.in(Direction.DOWNLOAD);

  private final QueueWait wait;
  private final double tick;
  private final double drift;
  private final double stepSeconds;
  private final int newestSteps;
  private final SplittableRandom random;
  private final SlidingMinimum base = new SlidingMinimum();

  /** Packets of the newest steps, and what they waited at least. */
  private final double[] packets = new double[STEPS];

  private final double[] waited = new double[STEPS];

  private double credit;
  private double samples;
  private double smallest;
  private int last;

  OneWayDelays(
      QueueWait wait, PassiveSignals signals, double stepSeconds, SplittableRandom random) {
    this.wait = wait;
    this.stepSeconds = stepSeconds;
    this.random = random;
    tick = signals.timestampTick().toNanos() / 1e9;
    drift = DRIFT_LEFT * signals.clockDrift();
    double newest = Math.max(NEWEST_SECONDS, NEWEST_TICKS * tick);
    newestSteps = (int) Math.min(STEPS, Math.ceil(newest / stepSeconds - 1e-9));
  }

  void begin() {
    samples = 0;
    smallest = Double.POSITIVE_INFINITY;
  }

  /**
   * What came in a step.
   *
   * @param data bytes of data with timestamps
   * @param acks bytes of acknowledgements with timestamps
   * @param budget bytes that the bottleneck could pass
   */
  void step(int step, double data, double acks, double budget) {
    credit += data * TcpFlow.PER_PACKET + acks / ACK;
    double whole = Math.floor(credit);
    packets[step & STEPS - 1] = whole;
    if (whole > 0) {
      credit -= whole;
      double onTheWire = (acks > 0 ? ACK : TcpFlow.PACKET) * stepSeconds / budget;
      double least = wait.least() + onTheWire;
      waited[step & STEPS - 1] = least;
      smallest = Amount.least(smallest, least);
      samples += whole;
      last = step;
    }
  }

  /** Writes the window, which ended now. */
  void writeTo(Measurement.Builder out, double now) {
    out.put(SAMPLES, samples);
    if (samples == 0) {
      return;
    }
    double n = 0;
    double newest = Double.POSITIVE_INFINITY;
    for (int s = last; s > last - newestSteps && s >= 0; s--) {
      int slot = s & STEPS - 1;
      if (packets[slot] > 0) {
        n += packets[slot];
        newest = Amount.least(newest, waited[slot]);
      }
    }
    double error = tick * (1 - Math.pow(random.nextDouble(), 1 / n));
    double seen = drift * now + newest + error;
    double ofWindow = drift * now + smallest + error * Amount.least(1, n / samples);
    double least = base.add(now, Amount.least(seen, ofWindow));
    out.put(INFLATION, seen - least);
  }
}
