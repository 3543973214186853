package io.github.qosrl.core.control;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.DirectionState;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.LimitingFactor;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlindLimitTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ShapingPlan IN_FORCE = plan(40, 10);

  private final BlindLimit limit = new BlindLimit();

  @Test
  void isNeverRaised() {
    assertEquals(IN_FORCE, limit.admit(seen(0, 20), plan(80, 12)));
  }

  @Test
  void mayBeLowered() {
    assertEquals(plan(30, 5), limit.admit(seen(0, 20), plan(30, 5)));
  }

  @Test
  void fallsBelowTheLastKnownCapacityAfterSomeSeconds() {
    assertEquals(IN_FORCE, limit.admit(seen(0, 20), IN_FORCE));
    assertEquals(IN_FORCE, limit.admit(seen(9, 20), IN_FORCE));
    assertEquals(plan(16, 10), limit.admit(seen(11, 20), IN_FORCE));
  }

  @Test
  void isHeldWhereNoCapacityIsKnown() {
    limit.admit(seen(0, Double.NaN), IN_FORCE);
    assertEquals(IN_FORCE, limit.admit(seen(60, Double.NaN), IN_FORCE));
  }

  @Test
  void countsAnewOnceTheSignalWasThere() {
    limit.admit(seen(0, 20), IN_FORCE);
    limit.reset();
    assertEquals(IN_FORCE, limit.admit(seen(60, 20), IN_FORCE));
  }

  private static Observation seen(long second, double downloadMegabits) {
    Estimate capacity =
        Double.isNaN(downloadMegabits)
            ? Estimate.UNKNOWN
            : new Estimate(downloadMegabits * 1e6, Estimate.Source.ARRIVALS, 5, 0.3);
    DirectionState download =
        new DirectionState(
            DOWNLOAD, Estimate.UNKNOWN, Estimate.UNKNOWN, capacity, LimitingFactor.UNKNOWN, 0, 0);
    LinkState state =
        new LinkState(
            download,
            DirectionState.unknown(UPLOAD),
            Estimate.UNKNOWN,
            Estimate.UNKNOWN,
            EchoSight.SILENT);
    return new Observation(START.plusSeconds(second), List.of(), IN_FORCE, state);
  }

  private static ShapingPlan plan(double download, double upload) {
    return ShapingPlan.of(BitRate.ofMegabits(download), BitRate.ofMegabits(upload));
  }
}
