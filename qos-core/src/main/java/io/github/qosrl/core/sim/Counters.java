package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.ShapingPlan;

/** What one direction's counters show over a tick: the interface's, the shaper's, and the truth. */
final class Counters {
  private final Direction direction;
  private final OneWay way;
  private final Metric throughput;
  private final Metric bytes;
  private final Metric packets;
  private final Metric backlog;
  private final Metric backlogPackets;
  private final Metric drops;

  private double capacityAtStart;
  private double wanAtStart;
  private double deliveredAtStart;
  private double droppedAtStart;
  private double limit;

  Counters(Direction direction, OneWay way) {
    this.direction = direction;
    this.way = way;
    throughput = Metrics.throughput(direction);
    bytes = Metrics.BYTES_PASSED.in(direction);
    packets = Metrics.PACKETS_PASSED.in(direction);
    backlog = Metrics.backlog(direction);
    backlogPackets = Metrics.BACKLOG_PACKETS.in(direction);
    drops = Metrics.drops(direction);
  }

  void beginTick(ShapingPlan plan) {
    capacityAtStart = way.capacityBytes();
    wanAtStart = way.wanBytes();
    deliveredAtStart = way.deliveredBytes();
    droppedAtStart = way.shaper().dropped();
    limit = plan.limits(direction) ? plan.limit(direction).orElseThrow().bytesPerSecond() : 0;
  }

  void writeTraffic(Measurement.Builder out, double seconds) {
    double passed = way.wanBytes() - wanAtStart;
    out.put(throughput, 8 * passed / seconds)
        .put(bytes, Math.rint(passed))
        .put(packets, Math.rint(passed / TcpFlow.PACKET));
  }

  void writeShaper(Measurement.Builder out, ShapingPlan plan) {
    if (plan.limits(direction)) {
      double waiting = way.shaper().backlog();
      out.put(backlog, Math.rint(waiting))
          .put(backlogPackets, Math.ceil(waiting / TcpFlow.PACKET))
          .put(drops, Math.rint((way.shaper().dropped() - droppedAtStart) / TcpFlow.PACKET));
    }
  }

  void addTo(LinkScore.Recorder score, ShapingPlan plan) {
    score.addBytes(
        direction, way.capacityBytes() - capacityAtStart, way.deliveredBytes() - deliveredAtStart);
    plan.limit(direction).ifPresent(rate -> score.addLimit(direction, rate));
  }

  LinkTruth.Side truth(double seconds) {
    double could = way.capacityBytes() - capacityAtStart;
    double queue = way.bottleneck().backlog();
    return new LinkTruth.Side(
        8 * could / seconds,
        8 * (way.deliveredBytes() - deliveredAtStart) / seconds,
        queue <= 0 ? 0 : queue / could * seconds,
        queue,
        limit > 0 ? way.shaper().backlog() / limit : 0);
  }
}
