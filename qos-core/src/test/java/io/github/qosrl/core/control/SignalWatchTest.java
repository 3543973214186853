package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalWatchTest {
  private final SignalWatch watch = new SignalWatch(SafetyEnvelope.standard());
  private Instant now = Instant.EPOCH.plusSeconds(100);

  @Test
  void seesWhileTheDelayIsFresh() {
    assertFalse(watch.blind(seen(0.01, 0, 0)));
  }

  @Test
  void blindWithoutADelay() {
    assertTrue(watch.blind(new Observation(now, List.of(), ShapingPlan.UNLIMITED)));
    assertEquals("the delay could not be measured", watch.reason());
  }

  @Test
  void blindIfTheDelayIsStale() {
    assertFalse(watch.blind(seen(0.01, 0, 2_000)));
    assertTrue(watch.blind(seen(0.01, 0, 2_100)));
    assertEquals("the newest delay is 2100 ms old", watch.reason());
  }

  @Test
  void blindIfTheTargetsContradictEachOther() {
    assertTrue(watch.blind(seen(0.01, 1, 0)));
    assertTrue(watch.reason().contains("contradict"));
  }

  @Test
  void trustsAgainOnlyAfterTheSignalWasGoodForAWhile() {
    assertTrue(watch.blind(seen(0.01, 1, 0)));
    assertTrue(watch.blind(seen(0.01, 0, 0)));
    now = now.plusMillis(1_900);
    assertTrue(watch.blind(seen(0.01, 0, 0)));
    now = now.plusMillis(100);
    assertFalse(watch.blind(seen(0.01, 0, 0)));
  }

  @Test
  void lapseWhileWaitingStartsTheWaitAgain() {
    assertTrue(watch.blind(seen(0.01, 1, 0)));
    now = now.plusMillis(100);
    assertTrue(watch.blind(seen(0.01, 0, 0)));
    now = now.plusMillis(1_500);
    assertTrue(watch.blind(seen(0.01, 1, 0)));
    now = now.plusMillis(1_000);
    assertTrue(watch.blind(seen(0.01, 0, 0)));
    now = now.plusMillis(1_900);
    assertTrue(watch.blind(seen(0.01, 0, 0)));
  }

  private Observation seen(double inflation, double blind, long ageMillis) {
    Instant at = now.minusMillis(ageMillis);
    Measurement signal =
        Measurement.builder(at, at)
            .put(Metrics.DELAY_INFLATION, inflation)
            .put(Metrics.BLIND, blind)
            .build();
    return new Observation(now, List.of(signal), ShapingPlan.UNLIMITED);
  }
}
