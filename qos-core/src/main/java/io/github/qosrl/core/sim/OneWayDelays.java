package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Metric;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the senders' timestamps tell of the download's queue: arrival less timestamp, less the
 * smallest such difference.
 *
 * <p>A packet's timestamp is too early by what has passed of the sender's tick, which is anything
 * from 0 to the tick. The smallest such error of n packets is 1/(n + 1) of the tick on average, and
 * is drawn evenly around that. Of each flow the smallest of the newest delays counts, and of all
 * flows the median.
 */
final class OneWayDelays {
  /** A flow's newest delays are those of so many seconds, or of so many ticks. */
  private static final double NEWEST_SECONDS = 0.010;

  private static final double NEWEST_TICKS = 4;

  /** What flows knew so many seconds ago tells new ones nothing. */
  private static final double PRESENT_SECONDS = 0.5;

  /** What the probe's fit leaves of a clock's drift. */
  private static final double DRIFT_LEFT = 0.1;

  /** A pure acknowledgement on the wire, and about what the first packet of a connection has. */
  static final double ACK = 66;

  private static final double PER_ACK = 1 / ACK;

  /** In the order of {@link #write}. */
  static final List<Metric> METRICS =
      List.of(
          FlowMetrics.FLOW_ONE_WAY_SAMPLES.in(Direction.DOWNLOAD),
          FlowMetrics.FLOW_ONE_WAY_INFLATION.in(Direction.DOWNLOAD));

  private final QueueHistory queue;
  private final double tick;
  private final double drift;
  private final double stepSeconds;
  private final int newestSteps;
  private final SplittableRandom random;
  private final SlidingMinimum base = new SlidingMinimum();

  /** Packets with timestamps that had ever come by the end of each step. */
  private final double[] packetsBy;

  private double packets;
  private double packetsBefore;
  private boolean withAcks;
  private boolean emptied;
  private double error;
  private double toldAt = Double.NEGATIVE_INFINITY;

  OneWayDelays(
      QueueHistory queue,
      PassiveSignals signals,
      double stepSeconds,
      int stepsPerTick,
      SplittableRandom random) {
    this.queue = queue;
    this.random = random;
    this.stepSeconds = stepSeconds;
    packetsBy = new double[QueueHistory.size(stepsPerTick)];
    tick = signals.timestampTick().toNanos() / 1e9;
    drift = DRIFT_LEFT * signals.clockDrift();
    double newest = Math.max(NEWEST_SECONDS, NEWEST_TICKS * tick);
    newestSteps = (int) Math.ceil(newest / stepSeconds - 1e-9);
  }

  /**
   * What came in a step.
   *
   * @param data bytes of data with timestamps
   * @param acks bytes of acknowledgements with timestamps
   * @param empty whether the queue is empty after it
   */
  void step(int step, double data, double acks, boolean empty) {
    packets += data * TcpFlow.PER_PACKET + acks * PER_ACK;
    packetsBy[step & packetsBy.length - 1] = packets;
    withAcks = acks > 0;
    emptied |= empty && data + acks > 0;
  }

  /**
   * Writes the window, and ends it.
   *
   * @param out receives the figures, from a place on
   * @param step the newest step
   * @param byteTime seconds that a byte takes on the bottleneck
   * @param flows how many tell a delay
   * @param oldest seconds at which the first of these connected
   */
  void write(
      double[] out, int at, int step, double now, double byteTime, int flows, double oldest) {
    double all = Math.floor(packets);
    double samples = all - packetsBefore;
    out[at] = samples;
    out[at + 1] = Double.NaN;
    if (samples > 0) {
      if (oldest > toldAt && now - toldAt > PRESENT_SECONDS) {
        begin(oldest, now, byteTime);
      }
      out[at + 1] = inflation(step, all, samples, now, byteTime, flows);
      toldAt = now;
    }
    packetsBefore = all;
    emptied = false;
  }

  /** All flows are new: the least delay that they know is what their first packets had. */
  private void begin(double first, double now, double byteTime) {
    base.clear();
    base.add(now, drift * now + queue.waitedBy((int) (first / stepSeconds)) + ACK * byteTime);
  }

  private double inflation(
      int step, double all, double samples, double now, double byteTime, int flows) {
    int last = step;
    while (by(last - 1) >= all) {
      last--;
    }
    int first = Math.max(0, last - newestSteps);
    double n = Amount.least(samples, all - Math.floor(by(first)));
    // Within so short a time a queue grows or falls: its least is at an end.
    double newest = Amount.least(queue.waitedBy(first), queue.waitedBy(last));
    error = tick * random.nextDouble() * 2 / (Amount.most(1, n / Math.max(1, flows)) + 1);
    double seen = drift * now + newest + error + (withAcks ? ACK : TcpFlow.PACKET) * byteTime;
    double least = drift * now + (emptied ? 0 : newest) + error * n / samples + ACK * byteTime;
    return seen - base.add(now, Amount.least(seen, least));
  }

  /** By how much the delay of the last window was too long, in seconds. */
  double error() {
    return error;
  }

  private double by(int step) {
    return step < 0 ? 0 : packetsBy[step & packetsBy.length - 1];
  }
}
