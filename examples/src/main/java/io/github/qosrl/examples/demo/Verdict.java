package io.github.qosrl.examples.demo;

import io.github.qosrl.core.Direction;
import io.github.qosrl.examples.report.ResultTable;
import io.github.qosrl.examples.report.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the results say of the trained policy, in figures.
 *
 * @param unshaped the run without shaping
 * @param bestFixed the fixed rate with the most throughput at a p95 no higher than the policy's, or
 *     else the fixed rate with the lowest p95
 * @param policy the trained policy's run
 */
public record Verdict(RunResult unshaped, Optional<RunResult> bestFixed, RunResult policy) {

  /**
   * Judges.
   *
   * @param fixed the runs with fixed rates
   */
  public static Verdict of(RunResult unshaped, List<RunResult> fixed, RunResult policy) {
    Optional<RunResult> best =
        fixed.stream()
            .filter(f -> f.inflation().p95() <= policy.inflation().p95())
            .max(Comparator.comparingDouble(Verdict::throughput))
            .or(() -> fixed.stream().min(Comparator.comparingDouble(f -> f.inflation().p95())));
    return new Verdict(unshaped, best, policy);
  }

  /** Throughput of both directions together, in bit/s. */
  static double throughput(RunResult run) {
    return run.throughput(Direction.DOWNLOAD) + run.throughput(Direction.UPLOAD);
  }

  /** How many times lower the policy's p95 of the delay inflation is than without shaping. */
  public double delayRatio() {
    return unshaped.inflation().p95() / policy.inflation().p95();
  }

  /** The policy's throughput over the best fixed rate's; NaN if there was no fixed rate. */
  public double throughputRatio() {
    return bestFixed.map(f -> throughput(policy) / throughput(f)).orElse(Double.NaN);
  }

  /** The figures in words. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "The trained policy's p95 delay inflation is %s ms: %.1f times lower than without shaping (%s ms).",
            ResultTable.millis(policy.inflation().p95()),
            delayRatio(),
            ResultTable.millis(unshaped.inflation().p95())));
    bestFixed.ifPresent(fixed -> lines.add(againstFixed(fixed)));
    return lines;
  }

  private String againstFixed(RunResult fixed) {
    boolean asLow = fixed.inflation().p95() <= policy.inflation().p95();
    return String.format(
        Locale.ROOT,
        "The best fixed rate %s is '%s': %s ms p95, %s Mbit/s; the policy carries %s Mbit/s, %+.0f %%.",
        asLow ? "with no more delay" : "(all have more delay)",
        fixed.agent(),
        ResultTable.millis(fixed.inflation().p95()),
        ResultTable.megabits(throughput(fixed)),
        ResultTable.megabits(throughput(policy)),
        100 * (throughputRatio() - 1));
  }
}
