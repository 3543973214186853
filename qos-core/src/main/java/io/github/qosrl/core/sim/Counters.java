package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.ShapingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What one direction's counters show over a tick: the interface's, the shaper's, and the truth. */
final class Counters {
  private final Direction direction;
  private final OneWay way;
  private double capacityAtStart;
  private double wanAtStart;
  private double deliveredAtStart;
  private double droppedAtStart;
  private double limit;

  Counters(Direction direction, OneWay way) {
    this.direction = direction;
    this.way = way;
  }

  /** What the interface counts, both directions, in the order of {@link #writeTraffic}. */
  static Measurement.Layout traffic() {
    return layout(
        d ->
            List.of(
                Metrics.throughput(d), Metrics.BYTES_PASSED.in(d), Metrics.PACKETS_PASSED.in(d)));
  }

  /** What the shaper reports, both directions, in the order of {@link #writeShaper}. */
  static Measurement.Layout shaper() {
    return layout(
        d -> List.of(Metrics.backlog(d), Metrics.BACKLOG_PACKETS.in(d), Metrics.drops(d)));
  }

  private static Measurement.Layout layout(Function<Direction, List<Metric>> metrics) {
    List<Metric> all = new ArrayList<>(metrics.apply(Direction.DOWNLOAD));
    all.addAll(metrics.apply(Direction.UPLOAD));
    return new Measurement.Layout(all);
  }

  void beginTick(ShapingPlan plan) {
    capacityAtStart = way.capacityBytes();
    wanAtStart = way.wanBytes();
    deliveredAtStart = way.deliveredBytes();
    droppedAtStart = way.shaper().dropped();
    limit = plan.limits(direction) ? plan.limit(direction).orElseThrow().bytesPerSecond() : 0;
  }

  void writeTraffic(double[] out, double seconds) {
    int at = out.length / 2 * direction.ordinal();
    double passed = way.wanBytes() - wanAtStart;
    out[at] = 8 * passed / seconds;
    out[at + 1] = Math.rint(passed);
    out[at + 2] = Math.rint(passed / TcpFlow.PACKET);
  }

  void writeShaper(double[] out, ShapingPlan plan) {
    int at = out.length / 2 * direction.ordinal();
    if (!plan.limits(direction)) {
      Arrays.fill(out, at, at + out.length / 2, Double.NaN);
      return;
    }
    double waiting = way.shaper().backlog();
    out[at] = Math.rint(waiting);
    out[at + 1] = Math.ceil(waiting / TcpFlow.PACKET);
    out[at + 2] = Math.rint((way.shaper().dropped() - droppedAtStart) / TcpFlow.PACKET);
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
