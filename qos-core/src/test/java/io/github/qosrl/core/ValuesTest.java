package io.github.qosrl.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = START.plusMillis(100);
  private static final BitRate RATE = BitRate.parse("20mbit");

  private static Measurement measured(Metric metric, double value) {
    return Measurement.builder(START, END).put(metric, value).build();
  }

  @Nested
  class AMetric {

    @ParameterizedTest
    @ValueSource(
        strings = {"", "Rtt", "rtt.", ".rtt", "rtt mean", "rtt..mean", "1rtt", "rtt\n", "é"})
    void needsAWellFormedName(String name) {
      assertThrows(IllegalArgumentException.class, () -> Metric.of(name, Metric.Unit.SECONDS));
    }

    @Test
    void printsItsNameAndScope() {
      assertEquals("rtt.mean", Metrics.RTT_MEAN.toString());
      assertEquals("rtt.mean[2001:db8::1]", Metrics.RTT_MEAN.in("2001:db8::1").toString());
      assertEquals("throughput[upload]", Metrics.throughput(Direction.UPLOAD).toString());
    }

    @Test
    void hasNoBracketsInItsScope() {
      assertThrows(IllegalArgumentException.class, () -> Metrics.RTT_MEAN.in("[2001:db8::1]"));
    }

    @Test
    void isEqualByNameUnitAndScope() {
      assertEquals(Metrics.THROUGHPUT.in("upload"), Metrics.throughput(Direction.UPLOAD));
      assertNotEquals(Metrics.THROUGHPUT, Metrics.throughput(Direction.UPLOAD));
      assertNotEquals(Metric.of("own", Metric.Unit.BYTES), Metric.of("own", Metric.Unit.PACKETS));
    }
  }

  @Nested
  class ALayout {
    private final Measurement.Layout layout =
        new Measurement.Layout(List.of(Metrics.LOSS, Metrics.RTT_MEAN));

    @Test
    void leavesOutWhatCouldNotBeMeasured() {
      Measurement window = layout.of(START, END, new double[] {0.5, Double.NaN});
      assertEquals(measured(Metrics.LOSS, 0.5), window);
      assertEquals(Set.of(Metrics.LOSS), window.metrics());
      assertFalse(window.has(Metrics.RTT_MEAN));
      assertEquals(OptionalDouble.empty(), window.get(Metrics.RTT_MEAN));
      assertEquals(7, window.orElse(Metrics.RTT_MEAN, 7));
      assertEquals(OptionalDouble.of(0.5), window.get(Metrics.LOSS));
    }

    @Test
    void refusesWhatNoMetricCanBe() {
      for (double[] wrong : new double[][] {{1.1, 0}, {-0.1, 0}, {0, Double.POSITIVE_INFINITY}}) {
        assertThrows(IllegalArgumentException.class, () -> layout.of(START, END, wrong));
      }
      assertThrows(IllegalArgumentException.class, () -> layout.of(START, END, new double[1]));
      assertThrows(IllegalArgumentException.class, () -> layout.of(END, START, new double[2]));
      assertThrows(
          IllegalArgumentException.class,
          () -> new Measurement.Layout(List.of(Metrics.LOSS, Metrics.LOSS)));
    }
  }

  @Nested
  class AMeasurement {

    @Test
    void lacksWhatWasNotMeasured() {
      Measurement window = measured(Metrics.RTT_MEAN, 0.02);
      assertEquals(OptionalDouble.of(0.02), window.get(Metrics.RTT_MEAN));
      assertEquals(OptionalDouble.empty(), window.get(Metrics.LOSS));
      assertEquals(7, window.orElse(Metrics.LOSS, 7));
      assertFalse(window.has(Metrics.LOSS));
      assertEquals(Set.of(Metrics.RTT_MEAN), window.metrics());
    }

    @ParameterizedTest
    @ValueSource(
        doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.1, 1.1})
    void hasNoImpossibleRatio(double value) {
      assertThrows(IllegalArgumentException.class, () -> measured(Metrics.LOSS, value));
    }

    @Test
    void hasNoInfiniteTime() {
      assertThrows(
          IllegalArgumentException.class,
          () -> measured(Metrics.RTT_MEAN, Double.POSITIVE_INFINITY));
    }

    @Test
    void hasEachMetricOnce() {
      Measurement.Builder window = Measurement.builder(START, END).put(Metrics.LOSS, 0);
      assertThrows(IllegalArgumentException.class, () -> window.put(Metrics.LOSS, 1));
    }

    @Test
    void doesNotEndBeforeItStarts() {
      assertThrows(IllegalArgumentException.class, () -> Measurement.empty(END, START));
      assertEquals(Duration.ofMillis(100), Measurement.empty(START, END).length());
    }

    @Test
    void keepsTheOrderOfManyMetrics() {
      Measurement.Builder window = Measurement.builder(START, END);
      List<Metric> added = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        added.add(Metrics.RTT_MEAN.in("target " + i));
        window.put(added.get(i), i);
      }
      assertEquals(added, List.copyOf(window.build().metrics()));
      assertEquals(39, window.build().orElse(added.get(39), -1));
    }

    @Test
    void isAValue() {
      DelaySample reply = new DelaySample("192.0.2.1", END, Duration.ofMillis(20));
      Measurement.Builder with =
          Measurement.builder(START, END).put(Metrics.LOSS, 0).delays(List.of(reply));
      assertEquals(with.build(), with.build());
      assertEquals(with.build().hashCode(), with.build().hashCode());
      assertNotEquals(with.build(), with.build().withoutDelays());
      assertEquals(measured(Metrics.LOSS, 0), with.build().withoutDelays());
    }

    @Test
    void isNotChangedThroughItsMapOrItsBuilder() {
      Measurement.Builder builder = Measurement.builder(START, END).put(Metrics.LOSS, 0);
      Measurement window = builder.build();
      builder.put(Metrics.JITTER, 1);
      assertFalse(window.has(Metrics.JITTER));
      assertThrows(UnsupportedOperationException.class, () -> window.asMap().clear());
    }
  }

  @Nested
  class AnObservation {
    private final Measurement old =
        Measurement.builder(START.minusSeconds(5), START.minusSeconds(4))
            .put(Metrics.RTT_MEAN, 0.5)
            .put(Metrics.LOSS, 1)
            .build();
    private final Observation seen =
        new Observation(
            END.plusMillis(50),
            List.of(measured(Metrics.RTT_MEAN, 0.02), old),
            ShapingPlan.UNLIMITED);

    @Test
    void listensToTheFirstProbeThatKnows() {
      assertEquals(OptionalDouble.of(0.02), seen.get(Metrics.RTT_MEAN));
      assertEquals(0.02, seen.orElse(Metrics.RTT_MEAN, 9));
      assertEquals(OptionalDouble.of(1), seen.get(Metrics.LOSS));
      assertEquals(9, seen.orElse(Metrics.JITTER, 9));
      assertEquals(OptionalDouble.empty(), seen.get(Metrics.JITTER));
    }

    @Test
    void tellsTheAgeOfEachMetric() {
      assertEquals(Optional.of(Duration.ofMillis(50)), seen.age(Metrics.RTT_MEAN));
      assertEquals(Optional.of(Duration.ofMillis(4150)), seen.age(Metrics.LOSS));
      assertEquals(Optional.empty(), seen.age(Metrics.JITTER));
    }

    @Test
    void collectsTheRepliesOfAllProbes() {
      DelaySample one = new DelaySample("a", START, Duration.ZERO);
      DelaySample two = new DelaySample("b", END, Duration.ZERO);
      Observation both =
          new Observation(
              END,
              List.of(
                  Measurement.builder(START, END).delays(List.of(one)).build(),
                  Measurement.builder(START, END).delays(List.of(two)).build()),
              ShapingPlan.UNLIMITED);
      assertEquals(List.of(one, two), both.delays());
    }
  }

  @Nested
  class AShapingPlan {

    @Test
    void limitsWhatItIsTold() {
      ShapingPlan plan = ShapingPlan.of(Direction.UPLOAD, RATE);
      assertTrue(plan.limits(Direction.UPLOAD));
      assertFalse(plan.limits(Direction.DOWNLOAD));
      assertEquals(Optional.of(RATE), plan.limit(Direction.UPLOAD));
      assertEquals(ShapingPlan.UNLIMITED, plan.without(Direction.UPLOAD));
      assertEquals(ShapingPlan.of(RATE, RATE), plan.with(Direction.DOWNLOAD, RATE));
    }

    @Test
    void keepsSharesWhenARateChanges() {
      Map<String, Double> shares = new LinkedHashMap<>();
      shares.put("voice", 0.2);
      shares.put("bulk", 0.8);
      ShapingPlan plan = ShapingPlan.of(RATE, RATE).withShares(Direction.UPLOAD, shares);
      shares.clear();
      ShapingPlan changed = plan.with(Direction.UPLOAD, RATE.times(0.5));
      assertEquals(
          List.of("voice", "bulk"), List.copyOf(changed.shares(Direction.UPLOAD).keySet()));
      assertEquals(Map.of(), changed.shares(Direction.DOWNLOAD));
      assertEquals(Map.of(), changed.without(Direction.UPLOAD).shares(Direction.UPLOAD));
      assertEquals(ShapingPlan.of(RATE, RATE), plan.withShares(Direction.UPLOAD, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void hasNoImpossibleShare(double share) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ShapingPlan.UNLIMITED.withShares(Direction.UPLOAD, Map.of("x", share)));
    }

    @Test
    void doesNotGuaranteeMoreThanThereIs() {
      assertThrows(
          IllegalArgumentException.class,
          () -> ShapingPlan.UNLIMITED.withShares(Direction.UPLOAD, Map.of("x", 0.6, "y", 0.5)));
    }

    @Test
    void isEqualByContent() {
      ShapingPlan plan = ShapingPlan.of(RATE, RATE).withShares(Direction.UPLOAD, Map.of("x", 0.5));
      ShapingPlan same = ShapingPlan.of(RATE, RATE).withShares(Direction.UPLOAD, Map.of("x", 0.5));
      assertEquals(plan, same);
      assertEquals(plan.hashCode(), same.hashCode());
      assertNotEquals(plan, ShapingPlan.of(RATE, RATE));
    }

    @Test
    void printsForPeople() {
      assertEquals("unlimited", ShapingPlan.UNLIMITED.toString());
      assertEquals(
          "download 20mbit, upload 5mbit {voice=0.5}",
          ShapingPlan.of(RATE, BitRate.parse("5mbit"))
              .withShares(Direction.UPLOAD, Map.of("voice", 0.5))
              .toString());
    }
  }

  @Test
  void aRewardIsTheMeanOverTheLimitedDirections() {
    Reward reward = (direction, before, action, after) -> direction == Direction.UPLOAD ? 1 : 0;
    Observation seen = new Observation(START, List.of(), ShapingPlan.UNLIMITED);
    assertEquals(0.5, reward.of(seen, ShapingPlan.UNLIMITED, seen));
    assertEquals(0.5, reward.of(seen, ShapingPlan.of(RATE, RATE), seen));
    assertEquals(1, reward.of(seen, ShapingPlan.of(Direction.UPLOAD, RATE), seen));
    assertEquals(0, reward.of(seen, ShapingPlan.of(Direction.DOWNLOAD, RATE), seen));
  }

  @Test
  void aStepHasAFiniteReward() {
    Observation seen = new Observation(START, List.of(), ShapingPlan.UNLIMITED);
    assertThrows(IllegalArgumentException.class, () -> new Step(seen, Double.NaN, false, false));
    assertTrue(new Step(seen, 0, true, false).done());
    assertTrue(new Step(seen, 0, false, true).done());
    assertFalse(new Step(seen, 0, false, false).done());
  }

  @Test
  void aReplyDoesNotArriveBeforeItWasAskedFor() {
    assertThrows(
        IllegalArgumentException.class, () -> new DelaySample("a", START, Duration.ofNanos(-1)));
  }

  @Test
  void theSystemClockNeverGoesBackAndWaits() throws Exception {
    MonotonicClock clock = MonotonicClock.system();
    Instant before = clock.now();
    Instant target = before.plusMillis(5);
    clock.sleepUntil(target);
    assertFalse(clock.now().isBefore(target));
    clock.sleepUntil(before);
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> clock.sleepUntil(before));
  }
}
