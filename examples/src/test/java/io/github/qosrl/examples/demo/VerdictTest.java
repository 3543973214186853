package io.github.qosrl.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.examples.report.DelaySummary;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  @Test
  void theBestFixedRateIsTheFastestThatDelaysNoMoreThanThePolicy() {
    RunResult slow = run("slow", 5e6, 0.005);
    RunResult good = run("good", 10e6, 0.020);
    RunResult bloated = run("bloated", 20e6, 0.500);
    Verdict verdict =
        Verdict.of(
            run("none", 20e6, 1.0), List.of(slow, good, bloated), run("policy", 15e6, 0.025));
    assertEquals("good", verdict.bestFixed().orElseThrow().agent());
    assertEquals(40, verdict.delayRatio(), 1e-9);
    assertEquals(1.5, verdict.throughputRatio(), 1e-9);
  }

  @Test
  void whereAllFixedRatesDelayMoreTheOneThatDelaysLeastIsNamed() {
    Verdict verdict =
        Verdict.of(
            run("none", 20e6, 1.0),
            List.of(run("a", 5e6, 0.050), run("b", 9e6, 0.040)),
            run("policy", 15e6, 0.025));
    assertEquals("b", verdict.bestFixed().orElseThrow().agent());
  }

  private static RunResult run(String name, double throughput, double p95) {
    Moment.Flow down = new Moment.Flow(40e6, Double.NaN, throughput);
    Moment.Flow up = new Moment.Flow(10e6, Double.NaN, 0);
    return new RunResult(
        name,
        "s",
        1,
        List.of(new Moment(1, down, up, p95)),
        new DelaySummary(p95, p95, p95, p95),
        0);
  }
}
