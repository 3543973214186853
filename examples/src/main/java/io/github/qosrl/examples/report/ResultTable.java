package io.github.qosrl.examples.report;

import io.github.qosrl.core.Direction;
import java.util.List;
import java.util.Locale;

/** The results of several agents over one scenario, as the one table that a command ends with. */
public final class ResultTable {
  private ResultTable() {}

  /** One row for each result, in the order given. */
  public static Table of(List<RunResult> results) {
    Table table =
        new Table(
            "agent",
            "down use",
            "up use",
            "down Mbit/s",
            "up Mbit/s",
            "RTT+ mean",
            "p50",
            "p95",
            "p99 ms",
            "loss");
    for (RunResult r : results) {
      table.row(
          r.agent(),
          percent(r.utilisation(Direction.DOWNLOAD)),
          percent(r.utilisation(Direction.UPLOAD)),
          megabits(r.throughput(Direction.DOWNLOAD)),
          megabits(r.throughput(Direction.UPLOAD)),
          millis(r.inflation().mean()),
          millis(r.inflation().p50()),
          millis(r.inflation().p95()),
          millis(r.inflation().p99()),
          String.format(Locale.ROOT, "%.1f %%", 100 * r.loss()));
    }
    return table;
  }

  /** A part of a whole, as a whole percentage. */
  public static String percent(double ratio) {
    return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
  }

  /** Seconds, in milliseconds. */
  public static String millis(double seconds) {
    if (Double.isNaN(seconds)) {
      return "–";
    }
    return String.format(Locale.ROOT, seconds < 0.01 ? "%.1f" : "%.0f", 1000 * seconds);
  }

  /** Bits per second, in Mbit/s. */
  public static String megabits(double bitsPerSecond) {
    return Double.isNaN(bitsPerSecond)
        ? "–"
        : String.format(Locale.ROOT, "%.1f", bitsPerSecond / 1e6);
  }
}
