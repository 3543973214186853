package io.github.qosrl.examples.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioFamily;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The measure itself, and each family against what its documentation says. */
final class CapacityStatisticsTest {
  @Test
  void aConstantCapacityHasNoSpreadAndNoMemory() {
    double[] rates = new double[600];
    Arrays.fill(rates, 2e7);
    CapacityStatistics s = CapacityStatistics.of(rates);
    assertEquals(2e7, s.mean(), 1);
    assertEquals(1, s.p10(), 1e-12);
    assertEquals(0, s.sigma(), 1e-9);
    assertTrue(Double.isNaN(s.memory()));
    assertEquals(0, s.drops() + s.outages());
  }

  @Test
  void dropsAndOutagesAreCountedInTime() {
    // 10 s each of 40, 10 and 0: below half of a second before during 1 s after each change.
    double[] rates =
        IntStream.range(0, 300).mapToDouble(i -> new double[] {4e7, 1e7, 0}[i / 100]).toArray();
    CapacityStatistics s = CapacityStatistics.of(rates);
    assertEquals(20.0 / 290, s.drops(), 1e-9);
    assertEquals(1.0 / 3, s.outages(), 1e-9);
    assertEquals(Math.log(2), s.sigma(), 0.01);
  }

  @Test
  void theSpreadAndMemoryOfAFadingCapacityAreFoundAgain() {
    Scenario scenario =
        Scenario.builder("fading")
            .download(
                CapacityProcess.constant(BitRate.ofMegabits(20)).fading(0.5, Duration.ofSeconds(2)))
            .duration(Duration.ofMinutes(60))
            .build();
    CapacityStatistics s = CapacityStatistics.of(scenario, 1);
    assertEquals(0.5, s.sigma(), 0.05);
    assertEquals(2, s.memory(), 0.5);
  }

  @Test
  void standingIsCalmerThanDrivingAndFlickerForgetsFastest() {
    double standing = mean(ScenarioFamily.LTE_STANDING, CapacityStatistics::sigma);
    double driving = mean(ScenarioFamily.LTE_DRIVING, CapacityStatistics::sigma);
    assertTrue(standing > 0.1 && standing < 0.35, "standing " + standing);
    assertTrue(driving > 0.4 && driving < 0.95, "driving " + driving);
    double flicker = mean(ScenarioFamily.FLICKER, CapacityStatistics::memory);
    assertTrue(flicker < 0.4, "flicker " + flicker);
    assertTrue(mean(ScenarioFamily.LTE_DRIVING, CapacityStatistics::memory) > 3 * flicker);
  }

  @Test
  void cableIsCutOffAtWhatWasSoldAndDslHardlyMoves() {
    double cable = mean(ScenarioFamily.CABLE, CapacityStatistics::p90);
    assertTrue(cable < 1.3, "cable " + cable);
    double dsl = mean(ScenarioFamily.DSL, CapacityStatistics::sigma);
    assertTrue(dsl > 0.005 && dsl < 0.035, "dsl " + dsl);
    assertEquals(0, mean(ScenarioFamily.STEADY, CapacityStatistics::sigma), 1e-9);
  }

  @Test
  void onlyOutagesHaveNone() {
    for (ScenarioFamily family : ScenarioFamily.values()) {
      double out = mean(family, CapacityStatistics::outages);
      assertEquals(family == ScenarioFamily.OUTAGES, out > 0.005, family + " " + out);
    }
  }

  @Test
  void starlinkChangesEveryFifteenSeconds() {
    double memory = mean(ScenarioFamily.STARLINK, CapacityStatistics::memory);
    assertTrue(memory > 3 && memory < 15, "memory " + memory);
  }

  private static double mean(
      ScenarioFamily family, ToDoubleFunction<CapacityStatistics> statistic) {
    return LongStream.range(0, 40)
        .mapToObj(
            seed ->
                CapacityStatistics.of(
                    family.draw(seed).toBuilder().duration(Duration.ofMinutes(3)).build(), seed))
        .mapToDouble(statistic)
        .filter(Double::isFinite)
        .average()
        .orElse(0);
  }
}
