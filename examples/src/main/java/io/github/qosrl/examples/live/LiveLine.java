package io.github.qosrl.examples.live;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.control.Tick;
import io.github.qosrl.examples.report.ResultTable;

/** One tick as one line for a person: limits, throughput, delay, loss, who decides. */
public final class LiveLine {
  private LiveLine() {}

  /** The line; widths do not change from tick to tick. */
  public static String of(Tick tick) {
    Observation seen = tick.step().observation();
    return "%s  |  %s  |  RTT %5s ms (+%s)  loss %s%s"
        .formatted(
            flow("down", Direction.DOWNLOAD, seen),
            flow("up", Direction.UPLOAD, seen),
            ResultTable.millis(seen.orElse(Metrics.RTT_MEAN, Double.NaN)),
            ResultTable.millis(seen.orElse(Metrics.DELAY_INFLATION, Double.NaN)),
            ResultTable.percent(seen.orElse(Metrics.LOSS, Double.NaN)),
            tick.fallback() ? "  [fallback decides]" : "");
  }

  private static String flow(String name, Direction direction, Observation seen) {
    ShapingPlan plan = seen.plan();
    String limit =
        plan.limit(direction).map(r -> ResultTable.megabits(r.bitsPerSecond())).orElse("–");
    String throughput =
        ResultTable.megabits(seen.orElse(Metrics.throughput(direction), Double.NaN));
    return "%s %6s of %6s Mbit/s".formatted(name, throughput, limit);
  }
}
