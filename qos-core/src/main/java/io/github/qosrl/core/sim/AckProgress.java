package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

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

  /** In the order of {@link #write}. */
  static final List<Metric> METRICS =
      List.of(
          FlowMetrics.FLOW_DELIVERED.in(Direction.UPLOAD),
          FlowMetrics.FLOW_DELIVERY_RATE.in(Direction.UPLOAD),
          FlowMetrics.FLOW_ACK_SAMPLES.in(Direction.UPLOAD),
          FlowMetrics.FLOW_ACK_DELAY.in(Direction.UPLOAD),
          FlowMetrics.FLOW_ACK_INFLATION.in(Direction.UPLOAD),
          FlowMetrics.FLOW_ONE_WAY_SAMPLES.in(Direction.UPLOAD),
          FlowMetrics.FLOW_ONE_WAY_INFLATION.in(Direction.UPLOAD));

  private final QueueHistory up;
  private final QueueHistory down;
  private final double baseRtt;
  private final int delaySteps;
  private final int stepsPerTick;
  private final boolean delayedAcks;
  private final DoubleSupplier clockError;
  private final SlidingMinimum roundTrips = new SlidingMinimum();
  private final SlidingMinimum upload = new SlidingMinimum();

  /** What had ever left the upload's bottleneck by the end of each step. */
  private final double[] leftBy;

  private double left;
  private int next;
  private double acknowledged;

  /** Seconds that the newest packet of the window before waited; infinite if there was none. */
  private double before = Double.POSITIVE_INFINITY;

  private double beforeUp = Double.POSITIVE_INFINITY;

  AckProgress(
      QueueHistory up,
      QueueHistory down,
      PassiveSignals signals,
      double baseRtt,
      double stepSeconds,
      int stepsPerTick,
      DoubleSupplier clockError) {
    this.down = down;
    this.clockError = clockError;
    this.baseRtt = baseRtt;
    this.stepsPerTick = stepsPerTick;
    this.up = up;
    delaySteps = (int) Math.max(1, Math.round(baseRtt / stepSeconds));
    delayedAcks = signals.delayedAcks();
    leftBy = new double[QueueHistory.size(stepsPerTick)];
  }

  /** Takes note of the bytes of data that left the upload's bottleneck in a step. */
  void step(int step, double bytes) {
    left += bytes;
    leftBy[step & leftBy.length - 1] = left;
  }

  private double by(int step) {
    return step < 0 ? 0 : leftBy[step & leftBy.length - 1];
  }

  /**
   * What is acknowledged by the end of a step: the acknowledgements of what left the upload's
   * bottleneck in a step came to the download's behind all that was there before that step; and the
   * path's delay is still before them.
   */
  private double acknowledgedBy(int step) {
    int then = step - delaySteps;
    double reached = down.servedBy(then);
    next = Math.max(next, step - leftBy.length + 2);
    while (next <= then && down.arrivedBy(next - 1) <= reached) {
      next++;
    }
    double bytes = by(next - 1);
    if (next <= then) {
      double place = down.arrivedBy(next - 2);
      double part = (reached - place) / (down.arrivedBy(next - 1) - place);
      bytes += Amount.most(0, Amount.least(1, part)) * (by(next) - bytes);
    }
    return bytes;
  }

  /**
   * What the window's first packet waited, which came by the step before: queues may have grown.
   */
  private void look(int step, double packet) {
    for (int s = step - stepsPerTick + 1; s <= step; s++) {
      if (acknowledgedBy(s) >= packet) {
        beforeUp = up.waitedBy(next - 2);
        before = beforeUp + down.waitedBy(s - delaySteps - 1);
        return;
      }
    }
  }

  /**
   * Writes the window, and ends it.
   *
   * @param out receives the figures, from a place on
   * @param step the newest step
   * @param flows whose acknowledgements can be read
   * @param byteTime seconds that a byte takes on the upload's bottleneck
   */
  void write(
      double[] out,
      int at,
      int step,
      double now,
      double seconds,
      SeenFlows flows,
      double byteTime) {
    double earlier = acknowledged;
    if (before == Double.POSITIVE_INFINITY && left > earlier) {
      look(step, earlier + TcpFlow.PACKET);
    }
    acknowledged = Amount.most(earlier, acknowledgedBy(step));
    double bytes = acknowledged - earlier;
    Arrays.fill(out, at, at + METRICS.size(), Double.NaN);
    out[at] = Math.rint(bytes * PAYLOAD);
    out[at + 1] = flows.active() > 0 || bytes > 0 ? 8 * bytes / seconds : Double.NaN;
    double samples = Math.floor(bytes / (delayedAcks ? 2 * TcpFlow.PACKET : TcpFlow.PACKET));
    boolean sparse = bytes * DELAYED_ACK < TcpFlow.PACKET * Math.max(1, flows.active()) * seconds;
    if (sparse) {
      samples = Math.floor(bytes * TcpFlow.PER_PACKET);
    }
    out[at + 2] = samples;
    out[at + 5] = Math.rint(samples * flows.tellingShare());
    if (samples < 1) {
      before = Double.POSITIVE_INFINITY;
    } else {
      writeDelays(out, at, step, now, delayedAcks && sparse ? DELAYED_ACK : 0, sparse, byteTime);
    }
  }

  /**
   * An acknowledgement of a single packet may have been held back, so the probe takes off what that
   * may have been, unless it has others.
   */
  private void writeDelays(
      double[] out, int at, int step, double now, double held, boolean sparse, double byteTime) {
    double there = up.waitedBy(next - 1);
    double waited = there + down.waitedBy(step - delaySteps);
    double packet = TcpFlow.PACKET * byteTime;
    double least = Amount.least(before, waited);
    double takenOff = delayedAcks && !sparse ? 0 : DELAYED_ACK;
    double leastUp = Amount.least(beforeUp, there);
    before = waited;
    beforeUp = there;
    out[at + 3] = baseRtt + least + packet + held;
    double first = OneWayDelays.ACK * byteTime;
    double base = roundTrips.add(now, least + first);
    out[at + 4] = Amount.most(0, waited + packet + held - takenOff - base);
    double upBase = upload.add(now, leastUp + first);
    if (out[at + 5] > 0) {
      double excess = there + packet + held - takenOff - upBase;
      out[at + 6] = Amount.most(0, excess) + clockError.getAsDouble();
    }
  }
}
