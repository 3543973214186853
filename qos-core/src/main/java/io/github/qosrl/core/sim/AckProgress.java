package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;

/**
 * What acknowledgements tell of the upload when they pass the WAN interface: they have waited in
 * the download's bottleneck, but not in our shaper.
 *
 * <p>What is acknowledged is exact within a step, as if bytes left evenly over theirs.
 */
final class AckProgress {
  /** {@code TCP_DELACK_MIN} of Linux: an acknowledgement waits that long for a second packet. */
  private static final double DELAYED_ACK = 0.040;

  /** Data of a full packet that carries timestamps, as a part of its bytes on the wire. */
  private static final double PAYLOAD = 1448 / TcpFlow.PACKET;

  private static final int HISTORY = 4096;

  private static final Metric DELAY = FlowMetrics.FLOW_ACK_DELAY.in(Direction.UPLOAD);
  private static final Metric INFLATION = FlowMetrics.FLOW_ACK_INFLATION.in(Direction.UPLOAD);
  private static final Metric DELIVERED = FlowMetrics.FLOW_DELIVERED.in(Direction.UPLOAD);
  private static final Metric DELIVERY_RATE = FlowMetrics.FLOW_DELIVERY_RATE.in(Direction.UPLOAD);

  private final QueueWait upWait;
  private final QueueWait downWait;
  private final FifoQueue down;
  private final double baseRtt;
  private final double stepSeconds;
  private final int delaySteps;
  private final boolean delayedAcks;
  private final SlidingMinimum base = new SlidingMinimum();

  /** By the end of each step: what ever left the upload's bottleneck, and what that had waited. */
  private final double[] leftBy = new double[HISTORY];

  private final double[] waitedUp = new double[HISTORY];

  /** Its acknowledgements' place in the download's bottleneck. */
  private final double[] place = new double[HISTORY];

  /** By the end of each step: the place that had left that bottleneck, and what it had waited. */
  private final double[] served = new double[HISTORY];

  private final double[] waitedDown = new double[HISTORY];

  private double left;
  private int next;
  private double acknowledged;
  private double atBegin;
  private double smallest;

  AckProgress(
      QueueWait upWait,
      QueueWait downWait,
      FifoQueue down,
      PassiveSignals signals,
      double baseRtt,
      double stepSeconds) {
    this.upWait = upWait;
    this.downWait = downWait;
    this.down = down;
    this.baseRtt = baseRtt;
    this.stepSeconds = stepSeconds;
    delaySteps = (int) Math.max(1, Math.round(baseRtt / stepSeconds));
    delayedAcks = signals.delayedAcks();
  }

  void begin() {
    atBegin = acknowledged;
    smallest = Double.POSITIVE_INFINITY;
  }

  /** Data that left the upload's bottleneck in a step, before the download's step. */
  void leave(int step, double bytes) {
    left += bytes;
    int slot = step & HISTORY - 1;
    leftBy[slot] = left;
    place[slot] = down.arrived();
  }

  /** Follows the acknowledgements through a step, after both directions' steps. */
  void step(int step) {
    int slot = step & HISTORY - 1;
    waitedUp[slot] = upWait.least();
    served[slot] = down.served();
    waitedDown[slot] = downWait.least();
    if (step < delaySteps) {
      return;
    }
    int then = step - delaySteps;
    double reached = served[then & HISTORY - 1];
    next = Math.max(next, step - HISTORY + 1);
    while (next <= then && place[next & HISTORY - 1] <= reached) {
      next++;
    }
    double before = acknowledged;
    acknowledged = Amount.most(before, upTo(then, reached));
    if (acknowledged > before) {
      int newest = Math.max(0, next - 1) & HISTORY - 1;
      smallest =
          Amount.least(smallest, waitedUp[newest] + baseRtt + waitedDown[then & HISTORY - 1]);
    }
  }

  /** What is acknowledged once the download's bottleneck has served a place. */
  private double upTo(int then, double reached) {
    if (next == 0) {
      return 0;
    }
    int last = next - 1 & HISTORY - 1;
    if (next > then) {
      return leftBy[last];
    }
    int coming = next & HISTORY - 1;
    double part = (reached - place[last]) / (place[coming] - place[last]);
    return leftBy[last] + Amount.least(1, part) * (leftBy[coming] - leftBy[last]);
  }

  /**
   * Writes the window.
   *
   * @param flows how many carry data
   * @param packetTime seconds that a full packet takes on the upload's bottleneck
   */
  void writeTo(Measurement.Builder out, double now, double seconds, int flows, double packetTime) {
    double bytes = acknowledged - atBegin;
    if (flows == 0 && bytes == 0) {
      return;
    }
    out.put(DELIVERED, Math.rint(bytes * PAYLOAD)).put(DELIVERY_RATE, 8 * bytes / seconds);
    if (bytes < TcpFlow.PACKET) {
      return;
    }
    boolean sparse = bytes * DELAYED_ACK < TcpFlow.PACKET * Math.max(1, flows) * seconds;
    double delay = smallest + packetTime + (delayedAcks && sparse ? DELAYED_ACK : 0);
    double least = base.add(now, delay);
    out.put(DELAY, delay).put(INFLATION, delay - least);
  }
}
