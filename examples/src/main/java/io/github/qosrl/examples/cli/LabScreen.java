package io.github.qosrl.examples.cli;

import io.github.qosrl.core.Direction;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.ResultTable;
import io.github.qosrl.examples.report.RunResult;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows how a run in the laboratory goes: a line for each second, the means over it. */
final class LabScreen implements Consumer<Moment> {
  /** About how long a moment lasts, whose time is that of its end. */
  private static final double MOMENT_SECONDS = 0.1;

  private final Terminal terminal;
  private final String agent;
  private final double[][] sums = new double[2][3];
  private double inflation;
  private int moments;
  private int replies;
  private long second = Long.MIN_VALUE;

  LabScreen(Terminal terminal, String agent) {
    this.terminal = terminal;
    this.agent = agent;
  }

  @Override
  public void accept(Moment moment) {
    long present = (long) Math.floor(moment.seconds() - MOMENT_SECONDS);
    if (present != second) {
      show();
      second = present;
    }
    for (Direction direction : Direction.values()) {
      Moment.Flow flow = moment.flow(direction);
      double[] sum = sums[direction.ordinal()];
      sum[0] += flow.capacity();
      sum[1] += flow.limit();
      sum[2] += flow.throughput();
    }
    if (!Double.isNaN(moment.inflation())) {
      inflation += moment.inflation();
      replies++;
    }
    moments++;
  }

  private void show() {
    if (moments == 0) {
      return;
    }
    String time = second < 0 ? "warm-up" : String.format(Locale.ROOT, "%4d s", second + 1);
    terminal.live(
        "%-14s %7s  %s  %s  RTT +%s ms"
            .formatted(
                agent,
                time,
                flow("down", Direction.DOWNLOAD),
                flow("up", Direction.UPLOAD),
                ResultTable.millis(replies == 0 ? Double.NaN : inflation / replies)));
    for (double[] sum : sums) {
      java.util.Arrays.fill(sum, 0);
    }
    inflation = 0;
    moments = 0;
    replies = 0;
  }

  private String flow(String name, Direction direction) {
    double[] sum = sums[direction.ordinal()];
    return "%s %5s of %5s Mbit/s (limit %5s)"
        .formatted(
            name,
            ResultTable.megabits(sum[2] / moments),
            ResultTable.megabits(sum[0] / moments),
            ResultTable.megabits(sum[1] / moments));
  }

  /** The run is over. */
  void end() {
    show();
    terminal.endLive();
  }

  /** The run is over: its last line gives way to what came of it all. */
  void end(RunResult result) {
    show();
    terminal.live(
        "%-14s %7s  %s  %s  RTT +%s ms in the mean, +%s p95"
            .formatted(
                agent,
                "all",
                mean("down", Direction.DOWNLOAD, result),
                mean("up", Direction.UPLOAD, result),
                ResultTable.millis(result.inflation().mean()),
                ResultTable.millis(result.inflation().p95())));
    terminal.endLive();
  }

  private static String mean(String name, Direction direction, RunResult result) {
    return "%s %5s Mbit/s, %4s of the capacity"
        .formatted(
            name,
            ResultTable.megabits(result.throughput(direction)),
            ResultTable.percent(result.utilisation(direction)));
  }
}
