package io.github.qosrl.examples.bench;

import io.github.qosrl.examples.report.Table;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What learning and deciding cost, in the words of the learner's documentation. */
public final class LearnerTable {

  private record Row(
      String name, Class<?> benchmark, String method, String size, double factor, String unit) {

    private boolean isOf(RunResult result) {
      String size = result.getParams().getParam("size");
      String twice = result.getParams().getParam("twice");
      return result.getParams().getBenchmark().equals(benchmark.getName() + "." + method)
          && (this.size.isEmpty() || this.size.equals(size))
          && !"true".equals(twice);
    }
  }

  private static final List<Row> ROWS =
      List.of(
          gradientStep("64-64, batch 64", "64:64"),
          gradientStep("256-256, batch 64", "256:64"),
          gradientStep("256-256, batch 256", "256:256"),
          new Row(
              "decision of a 16-64-64-9 network", PolicyBenchmark.class, "network", "", 1e-3, "µs"),
          new Row(
              "CartPole, step and gradient step",
              CartPoleBenchmark.class,
              "step",
              "",
              1,
              "steps/s"),
          new Row(
              "JVM start to first decision", FirstDecisionBenchmark.class, "process", "", 1, "ms"));

  private LearnerTable() {}

  private static Row gradientStep(String name, String size) {
    return new Row(
        "gradient step, " + name, GradientStepBenchmark.class, "gradientStep", size, 1, "µs");
  }

  /** The rows that were measured, each with its 99.9 % confidence interval; empty if none was. */
  public static Optional<Table> of(Collection<RunResult> results) {
    Table table = new Table("work", "time", "±", "unit");
    boolean any = false;
    for (Row row : ROWS) {
      for (RunResult result : results) {
        if (row.isOf(result)) {
          Result<?> measured = result.getPrimaryResult();
          String score = figure(measured.getScore() * row.factor());
          String error = figure(measured.getScoreError() * row.factor());
          table.row(row.name(), score, error, row.unit());
          any = true;
        }
      }
    }
    return any ? Optional.of(table) : Optional.empty();
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 1000 ? "%.0f" : "%,.0f", value);
  }
}
