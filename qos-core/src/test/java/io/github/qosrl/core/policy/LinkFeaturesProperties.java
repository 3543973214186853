package io.github.qosrl.core.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LinkFeaturesProperties {
  private static final List<Metric> METRICS =
      List.of(
          Metrics.throughput(Direction.DOWNLOAD),
          Metrics.throughput(Direction.UPLOAD),
          Metrics.backlog(Direction.DOWNLOAD),
          Metrics.drops(Direction.UPLOAD),
          Metrics.RTT_MEAN,
          Metrics.BASELINE_DELAY,
          Metrics.DELAY_INFLATION,
          Metrics.REPLY_AGE,
          Metrics.BLIND,
          Metrics.BYTES_PASSED.in("dns"));

  @Property(tries = 300)
  void whateverIsSeenEveryFeatureIsFiniteAndBounded(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int history) {
    Random random = new Random(seed);
    LinkFeatures encoder = new LinkFeatures(history, List.of("dns", "lan"), "lan");
    float[] out = new float[encoder.size()];
    Instant time = Instant.EPOCH;
    for (int tick = 0; tick < 12; tick++) {
      time = time.plusNanos(random.nextInt(3) * 100_000_000L);
      Observation observation = new Observation(time, List.of(any(random, time)), plan(random));
      for (Direction direction : Direction.values()) {
        encoder.encode(observation, direction, out);
        for (float f : out) {
          assertTrue(Math.abs(f) <= 4, () -> "feature " + f);
        }
      }
    }
  }

  private static Measurement any(Random random, Instant time) {
    Measurement.Builder builder = Measurement.builder(time, time);
    double[] extremes = {0, -1, 1e-9, 0.05, 3, 1e5, 4e7, 1e300, Double.MIN_VALUE};
    for (Metric metric : METRICS) {
      if (random.nextInt(3) > 0) {
        builder.put(metric, extremes[random.nextInt(extremes.length)]);
      }
    }
    return builder.build();
  }

  private static ShapingPlan plan(Random random) {
    long[] rates = {1, 5000, 10_000_000, BitRate.MAX_BITS_PER_SECOND};
    ShapingPlan plan = ShapingPlan.UNLIMITED;
    for (Direction direction : Direction.values()) {
      if (random.nextBoolean()) {
        plan = plan.with(direction, new BitRate(rates[random.nextInt(rates.length)]));
      }
    }
    return plan;
  }

  /** Packet time is the one thing in which a slow link differs from a fast one. */
  @Property(tries = 50)
  void aLinkTenTimesAsFastLooksTheSameButForPacketTime(
      @ForAll @DoubleRange(min = 100, max = 900) double megabits,
      @ForAll @DoubleRange(min = 0.1, max = 1.2) double load) {
    LinkFeatures slow = new LinkFeatures();
    LinkFeatures fast = new LinkFeatures();
    List<String> names = slow.names();
    float[] a = new float[slow.size()];
    float[] b = new float[fast.size()];
    for (int tick = 1; tick <= 10; tick++) {
      double inflation = tick % 3 == 0 ? 0.1 : 0.001;
      slow.encode(
          TestPolicies.observation(50 * tick, megabits, megabits * load, inflation),
          Direction.DOWNLOAD,
          a);
      fast.encode(
          TestPolicies.observation(50 * tick, 10 * megabits, 10 * megabits * load, inflation),
          Direction.DOWNLOAD,
          b);
    }
    for (int i = 0; i < a.length; i++) {
      if (names.get(i).endsWith("packet.time")) {
        a[i] = b[i];
      }
    }
    assertArrayEquals(a, b, 0.1f);
  }

  @Property(tries = 20)
  void afterResetNothingOfTheEpisodeIsLeft(@ForAll long seed) {
    Random random = new Random(seed);
    LinkFeatures used = new LinkFeatures();
    float[] expected = new float[used.size()];
    float[] actual = new float[used.size()];
    List<Observation> seen = new ArrayList<>();
    for (int tick = 1; tick <= 5; tick++) {
      seen.add(TestPolicies.observation(50 * tick, 20, 20 * random.nextDouble(), 0.05));
    }
    seen.forEach(o -> used.encode(o, Direction.DOWNLOAD, actual));
    used.reset();
    FeatureEncoder fresh = used.fresh();
    for (Observation o : seen) {
      used.encode(o, Direction.DOWNLOAD, actual);
      fresh.encode(o, Direction.DOWNLOAD, expected);
      assertArrayEquals(expected, actual);
    }
  }
}
