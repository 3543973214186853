package io.github.qosrl.core.estimate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EchoJudgeTest {
  private static final double PACKET_TIME = 0.001;
  private final EchoJudge judge = new EchoJudge();

  @Test
  void echoesThatStandStillWhileUsersWaitAreBlindWithinHalfASecond() {
    pass(0.5, 0.001, 0.1);
    assertTrue(judge.isBlind());
  }

  @Test
  void echoesThatMoveWithTheUsersQueueSeeAgain() {
    pass(0.5, 0.001, 0.1);
    pass(0.5, 0.09, 0.1);
    assertFalse(judge.isBlind());
  }

  @Test
  void anIdleLinkChangesNothing() {
    pass(0.5, 0.001, 0.1);
    pass(60, 0.001, 0.002);
    pass(60, 0.001, Double.NaN);
    assertTrue(judge.isBlind());
  }

  @Test
  void aPeakThatEchoesHaveNotReachedYetIsForgiven() {
    for (int i = 0; i < 100; i++) {
      pass(0.1, 0.001, 0.05);
      pass(0.3, 0.05, 0.05);
    }
    assertFalse(judge.isBlind());
  }

  @Test
  void aFewPacketsOfASlowLinkAreNoQueueThatEchoesMiss() {
    for (int i = 0; i < 100; i++) {
      judge.observe(0.001, 0.05, 0.012, 0.05);
    }
    assertFalse(judge.isBlind());
  }

  @Test
  void silenceIsNotBlindness() {
    pass(5, Double.NaN, 0.5);
    assertFalse(judge.isBlind());
  }

  private void pass(double seconds, double echo, double users) {
    for (double t = 0; t < seconds; t += 0.05) {
      judge.observe(echo, users, PACKET_TIME, 0.05);
    }
  }
}
