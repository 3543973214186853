package io.github.qosrl.core.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.Estimate.Source;
import org.junit.jupiter.api.Test;

class RoundTripRestTest {
  private static final long TICK = 50_000_000L;
  private final RoundTripRest rests = new RoundTripRest();
  private long now;

  @Test
  void isTheEchoLessTheDownload() {
    tick(0.05, 0.03);
    assertEquals(0.02, rests.least(), 1e-9);
  }

  @Test
  void aQueueThatOnlyOneOfThemMetIsNone() {
    tick(0.001, 0);
    tick(0.021, 0);
    tick(0.001, 0.02);
    assertEquals(0.001, rests.least(), 1e-9);
  }

  @Test
  void aTickWithoutAnEchoTakesThoseBefore() {
    tick(0.05, 0.03);
    tick(Double.NaN, 0.03);
    assertEquals(0.02, rests.least(), 1e-9);
  }

  @Test
  void whatIsOldSaysNothing() {
    tick(0.05, 0.03);
    now += 10 * TICK;
    tick(Double.NaN, Double.NaN);
    assertEquals(Double.NaN, rests.least());
  }

  private void tick(double echo, double down) {
    now += TICK;
    Estimate estimate =
        Double.isNaN(down) ? Estimate.UNKNOWN : new Estimate(down, Source.ONE_WAY, 0, 1);
    rests.add(now, echo, estimate);
  }
}
