package io.github.qosrl.core.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardsTest {
  private static final Direction D = Direction.DOWNLOAD;
  private static final ShapingPlan PLAN = ShapingPlan.of(D, BitRate.ofMegabits(10));

  @Nested
  class ThreeLevel {
    private final Reward reward = ThreeLevelReward.standard();

    @ParameterizedTest
    @CsvSource({
      "0.100, 0.080, 0.00,  1",
      "0.100, 0.080, 0.02,  0",
      "0.100, 0.080, 0.06, -1",
      "0.100, 0.120, 0.00, -1",
      "0.100, 0.097, 0.00,  0",
      "0.100, 0.104, 0.00,  0",
      "0.100, 0.100, 0.05,  0",
      "0.005, 0.0045, 0.0,  0",
      "0.005, 0.003, 0.00,  1"
    })
    void judgesDelayAndLoss(double before, double after, double loss, double expected) {
      assertEquals(
          expected,
          reward.of(
              D,
              seen(PLAN, Map.of(Metrics.RTT_MEAN, before)),
              PLAN,
              seen(PLAN, Map.of(Metrics.RTT_MEAN, after, Metrics.LOSS, loss))));
    }

    @Test
    void whatIsAbsentArguesForNothing() {
      Observation nothing = seen(PLAN, Map.of());
      Observation delay = seen(PLAN, Map.of(Metrics.RTT_MEAN, 0.1));
      assertEquals(0, reward.of(D, nothing, PLAN, nothing));
      assertEquals(0, reward.of(D, delay, PLAN, nothing));
      assertEquals(0, reward.of(D, nothing, PLAN, delay));
    }

    @Test
    void totalLossIsBad() {
      Observation delay = seen(PLAN, Map.of(Metrics.RTT_MEAN, 0.1));
      assertEquals(-1, reward.of(D, delay, PLAN, seen(PLAN, Map.of(Metrics.LOSS, 1.0))));
    }

    @Test
    void baselineAndInflationStandInForTheMean() {
      Observation before =
          seen(PLAN, Map.of(Metrics.BASELINE_DELAY, 0.04, Metrics.DELAY_INFLATION, 0.05));
      Observation after =
          seen(PLAN, Map.of(Metrics.BASELINE_DELAY, 0.04, Metrics.DELAY_INFLATION, 0.01));
      assertEquals(1, reward.of(D, before, PLAN, after));
    }

    @Test
    void limitsInTheWrongOrderAreRefused() {
      assertThrows(
          IllegalArgumentException.class, () -> new ThreeLevelReward(0.001, 0.05, 0.2, 0.1));
    }
  }

  @Nested
  class Utility {
    private final UtilityReward reward = new UtilityReward(10, 2, 0.5, BitRate.ofMegabits(20));

    @Test
    void addsUpItsTerms() {
      Observation before = seen(plan(5), Map.of());
      Observation after =
          seen(
              PLAN,
              Map.of(Metrics.throughput(D), 9e6, Metrics.DELAY_INFLATION, 0.03, Metrics.LOSS, 0.1));
      double expected = Math.log(9.0 / 20) - 10 * 0.03 - 2 * 0.1 - 0.5 * Math.log(2);
      assertEquals(expected, reward.of(D, before, PLAN, after), 1e-12);
    }

    @Test
    void measuredAvailableBandwidthTakesThePlaceOfTheReference() {
      Observation after =
          seen(PLAN, Map.of(Metrics.throughput(D), 9e6, Metrics.AVAILABLE_BANDWIDTH.in(D), 12e6));
      assertEquals(Math.log(0.75), reward.of(D, after, PLAN, after), 1e-12);
    }

    @Test
    void noBlameWhileTheApplicationIsTheLimit() {
      Observation after =
          seen(PLAN, Map.of(Metrics.throughput(D), 1e6, Metrics.DELAY_INFLATION, 0.001));
      assertEquals(-0.01, reward.of(D, after, PLAN, after), 1e-12);
    }

    @Test
    void backlogOrCongestionMeansTheApplicationIsNotTheLimit() {
      Observation backlog =
          seen(PLAN, Map.of(Metrics.throughput(D), 1e6, Metrics.backlog(D), 3000.0));
      assertEquals(Math.log(0.05), reward.of(D, backlog, PLAN, backlog), 1e-12);
      Observation congested =
          seen(PLAN, Map.of(Metrics.throughput(D), 1e6, Metrics.DELAY_INFLATION, 0.1));
      assertEquals(Math.log(0.05) - 1, reward.of(D, congested, PLAN, congested), 1e-12);
    }

    @Test
    void isBoundedWhateverIsMeasured() {
      Observation worst =
          seen(
              PLAN,
              Map.of(Metrics.throughput(D), 0.0, Metrics.DELAY_INFLATION, 60.0, Metrics.LOSS, 1.0));
      assertEquals(-5 - 5 - 2, reward.of(D, worst, PLAN, worst), 1e-12);
      assertEquals(0, reward.of(D, seen(PLAN, Map.of()), PLAN, seen(PLAN, Map.of())));
    }

    @Test
    void directionWithoutALimitCostsNoChange() {
      Observation free = seen(ShapingPlan.UNLIMITED, Map.of());
      assertEquals(0, reward.of(D, free, PLAN, free));
      assertEquals(0, reward.of(D, free, ShapingPlan.UNLIMITED, free));
    }

    @Test
    void negativeCostIsRefused() {
      assertThrows(
          IllegalArgumentException.class, () -> new UtilityReward(-1, 0, 0, BitRate.ofMegabits(1)));
    }
  }

  @Test
  void providersMakeThemFromSettings() throws Exception {
    Reward utility =
        Plugins.rewards()
            .require("utility")
            .create(Settings.of("reward", Map.of("delay-cost", "3", "reference", "50mbit")));
    assertEquals(new UtilityReward(3, 2, 0.02, BitRate.ofMegabits(50)), utility);
    Reward plain =
        Plugins.rewards()
            .require("three-level")
            .create(Settings.of("reward", Map.of("tolerance", "2ms")));
    assertEquals(new ThreeLevelReward(0.002, 0.05, 0.02, 0.05), plain);
  }

  @Test
  void providersNameAllMistakesAtOnce() {
    ConfigurationException mistakes =
        assertThrows(
            ConfigurationException.class,
            () ->
                new ThreeLevelRewardProvider()
                    .create(Settings.of("reward", Map.of("low-loss", "0.3", "colour", "red"))));
    assertEquals(2, mistakes.problems().size());
    assertTrue(mistakes.problems().get(1).contains("colour"), mistakes.toString());
  }

  private static ShapingPlan plan(double megabits) {
    return ShapingPlan.of(D, BitRate.ofMegabits(megabits));
  }

  private static Observation seen(ShapingPlan plan, Map<Metric, Double> values) {
    Measurement.Builder all = Measurement.builder(Instant.EPOCH, Instant.EPOCH);
    values.forEach(all::put);
    return new Observation(Instant.EPOCH, List.of(all.build()), plan);
  }
}
