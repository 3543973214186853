package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LoadResponseTest {

  private static LoadResponse after(DoubleUnaryOperator rttOfLoad, double peak) {
    LoadResponse response = new LoadResponse();
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < 400; i++) {
      double load = i / 100 % 2 == 0 ? peak / 100 : peak;
      response.add(start.plusMillis(100L * i), rttOfLoad.applyAsDouble(load), load);
    }
    return response;
  }

  @Test
  void delayThatStandsStillUnderLoadIsBlind() {
    assertTrue(after(load -> 0.001, 20e6).blind());
  }

  @Test
  void delayThatMovesIsNot() {
    assertFalse(after(load -> load > 10e6 ? 0.030 : 0.010, 20e6).blind());
  }

  @Test
  void withoutLoadNothingIsSaid() {
    assertFalse(after(load -> 0.001, 0.5e6).blind());
    assertFalse(new LoadResponse().blind());
  }

  @Test
  void whatIsUnknownDoesNotCount() {
    assertFalse(after(load -> Double.NaN, 20e6).blind());
    assertFalse(after(load -> 0.001, Double.NaN).blind());
  }
}
