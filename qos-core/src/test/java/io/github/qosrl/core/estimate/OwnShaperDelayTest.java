package io.github.qosrl.core.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OwnShaperDelayTest {
  private static final double WAITING = 0.03;
  private final OwnShaperDelay ownDelay = new OwnShaperDelay();

  @Test
  void isTakenOutOnceProbesAreSeenToWaitBehindEverythingElse() {
    assertEquals(0.035, tick(0.035), "too early to tell");
    for (int i = 0; i < 30; i++) {
      tick(0.035);
    }
    assertEquals(0.005, tick(0.035), 1e-9);
  }

  @Test
  void isNothingWhereProbesPass() {
    for (int i = 0; i < 100; i++) {
      tick(i % 5 == 0 ? 0.002 : 0.035);
    }
    assertEquals(0.035, tick(0.035), 1e-9);
  }

  @Test
  void aBlindTickStaysBlind() {
    assertEquals(Double.NaN, tick(Double.NaN));
  }

  private double tick(double inflation) {
    return ownDelay.without(inflation, WAITING);
  }
}
