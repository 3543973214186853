package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IdleWatchTest {
  private static final Duration TICK = Duration.ofMillis(50);
  private static final double PACKET = 1514 * 8;

  /** What a loop of 50 ms sends to its targets at most: 60 packets of 98 bytes a second. */
  private static final double PROBES = 60 * 98 * 8;

  private final IdleWatch watch = new IdleWatch(Duration.ofMinutes(1));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private boolean tick(Direction direction, double bits) {
    Instant from = now;
    now = now.plus(TICK);
    Direction other = Direction.values()[1 - direction.ordinal()];
    Measurement seen =
        Measurement.builder(from, now)
            .put(Metrics.throughput(direction), bits / seconds())
            .put(Metrics.throughput(other), PROBES)
            .build();
    return watch.idles(new Observation(now, List.of(seen), ShapingPlan.UNLIMITED));
  }

  private static double seconds() {
    return TICK.toNanos() * 1e-9;
  }

  private boolean pass(Duration time, double bitsPerSecond) {
    boolean idle = false;
    for (long i = time.dividedBy(TICK); i > 0; i--) {
      idle = tick(Direction.DOWNLOAD, bitsPerSecond * seconds());
    }
    return idle;
  }

  @Test
  void idlesOnceForAMinuteNothingPassedButProbes() {
    assertFalse(pass(Duration.ofSeconds(60), PROBES));
    assertTrue(pass(TICK, PROBES));
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void theFirstPacketsOfAConnectionEndItInTheirTick(Direction direction) {
    pass(Duration.ofSeconds(61), PROBES);
    assertFalse(tick(direction, 10 * PACKET));
    assertFalse(pass(Duration.ofSeconds(60), 0));
    assertTrue(pass(TICK, 0));
  }

  @ParameterizedTest
  @CsvSource({"1000000, 1", "500000, 2", "200000, 5"})
  void aSteadyStreamEndsItWithinTicks(double bitsPerSecond, int ticks) {
    pass(Duration.ofSeconds(61), 0);
    assertEquals(ticks == 1, !pass(TICK, bitsPerSecond));
    assertFalse(pass(TICK.multipliedBy(ticks), bitsPerSecond));
  }

  @Test
  void aPacketNowAndThenIsNoTraffic() {
    pass(Duration.ofSeconds(61), PROBES);
    for (int i = 0; i < 100; i++) {
      assertTrue(tick(Direction.UPLOAD, PACKET + PROBES * seconds()));
      assertTrue(pass(Duration.ofSeconds(1), PROBES));
    }
  }

  @Test
  void aWindowThatIsSeenTwiceCountsOnce() {
    pass(Duration.ofSeconds(61), 0);
    Measurement seen =
        Measurement.builder(now, now.plus(TICK))
            .put(Metrics.throughput(Direction.UPLOAD), 1.5 * PACKET / seconds())
            .build();
    for (int i = 0; i < 20; i++) {
      now = now.plus(TICK);
      assertTrue(watch.idles(new Observation(now, List.of(seen), ShapingPlan.UNLIMITED)));
    }
  }

  @Test
  void aLinkWhoseThroughputIsUnknownDoesNotIdle() {
    pass(Duration.ofSeconds(61), 0);
    assertFalse(watch.idles(new Observation(now, List.of(), ShapingPlan.UNLIMITED)));
    assertFalse(pass(Duration.ofSeconds(60), 0));
  }

  @Test
  void aLinkFromWhichNoReplyComesDoesNotIdle() {
    pass(Duration.ofSeconds(61), 0);
    Measurement blind =
        Measurement.builder(now, now.plus(TICK))
            .put(Metrics.BLIND, 1)
            .put(Metrics.throughput(Direction.UPLOAD), 0)
            .build();
    assertFalse(
        watch.idles(new Observation(now.plus(TICK), List.of(blind), ShapingPlan.UNLIMITED)));
  }

  @Test
  void withoutATimeItNeverIdles() {
    IdleWatch never = new IdleWatch(Duration.ZERO);
    Measurement nothing =
        Measurement.builder(now, now).put(Metrics.throughput(Direction.UPLOAD), 0).build();
    for (int hour = 0; hour < 24; hour++) {
      now = now.plus(Duration.ofHours(1));
      assertFalse(never.idles(new Observation(now, List.of(nothing), ShapingPlan.UNLIMITED)));
    }
  }
}
