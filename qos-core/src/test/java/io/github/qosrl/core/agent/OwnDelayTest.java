package io.github.qosrl.core.agent;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.Metrics;
import org.junit.jupiter.api.Test;

class OwnDelayTest {
  private static final double WAITING = 0.03;
  private final OwnDelay ownDelay = new OwnDelay();
  private final Seen seen = new Seen(50).with(Metrics.backlog(DOWNLOAD), WAITING * 20e6 / 8);

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
    return ownDelay.without(inflation, seen.tick(Seen.plan(20, 20)));
  }
}
