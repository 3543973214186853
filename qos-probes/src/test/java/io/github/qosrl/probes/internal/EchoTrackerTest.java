package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EchoTrackerTest {
  private static final long MS = 1_000_000;
  private final EchoTracker tracker = new EchoTracker(3000 * MS, 200 * MS);

  @Test
  void countsWhatWasAnswered() {
    for (int i = 1; i <= 5; i++) {
      tracker.replied(i, i * 200 * MS, 10 * MS);
    }
    EchoWindow window = tracker.take();
    assertEquals(5, window.sent());
    assertEquals(5, window.received());
    assertEquals(5, window.answered());
    assertEquals(0, window.lost());
    assertEquals(5, window.rtts().length);
    assertEquals(0, tracker.take().sent());
  }

  @Test
  void aLateAnswerIsLateNotLost() {
    tracker.sent(1, 0);
    tracker.expire(2900 * MS);
    assertEquals(0, tracker.take().lost());
    tracker.replied(1, 2950 * MS, 2950 * MS);
    EchoWindow window = tracker.take();
    assertEquals(0, window.lost());
    assertEquals(2.95, window.rtts()[0], 1e-9);
  }

  @Test
  void silenceBeyondTheDeadlineIsLoss() {
    tracker.sent(1, 0);
    tracker.sent(2, 200 * MS);
    tracker.expire(3000 * MS);
    EchoWindow window = tracker.take();
    assertEquals(1, window.lost());
    assertEquals(0, window.answered());
  }

  @Test
  void anAnswerAfterTheDeadlineIsStillASampleButNoSecondFate() {
    tracker.sent(1, 0);
    tracker.expire(3000 * MS);
    assertEquals(1, tracker.take().lost());
    tracker.replied(1, 4000 * MS, 4000 * MS);
    EchoWindow window = tracker.take();
    assertEquals(1, window.received());
    assertEquals(0, window.answered());
    assertEquals(1, window.rtts().length);
  }

  @Test
  void threeLaterAnswersMakeAnEarlierPacketLostAtOnce() {
    tracker.sent(1, 0);
    tracker.replied(2, 210 * MS, 10 * MS);
    tracker.replied(3, 410 * MS, 10 * MS);
    assertEquals(0, tracker.take().lost());
    tracker.replied(4, 610 * MS, 10 * MS);
    assertEquals(1, tracker.take().lost());
  }

  @Test
  void reorderingByOneIsNoLoss() {
    tracker.sent(1, 0);
    tracker.replied(2, 210 * MS, 10 * MS);
    tracker.replied(1, 215 * MS, 215 * MS);
    tracker.replied(3, 410 * MS, 10 * MS);
    tracker.expire(9000 * MS);
    EchoWindow window = tracker.take();
    assertEquals(0, window.lost());
    assertEquals(3, window.received());
  }

  @Test
  void aDuplicateCountsOnce() {
    tracker.replied(1, 10 * MS, 10 * MS);
    assertEquals(EchoTracker.Reply.DUPLICATE, tracker.replied(1, 12 * MS, 12 * MS));
    EchoWindow window = tracker.take();
    assertEquals(1, window.received());
    assertEquals(1, window.sent());
    assertEquals(1, window.rtts().length);
  }

  @Test
  void aRefusedPacketIsLostAtOnce() {
    tracker.sent(1, 0);
    tracker.refused(1, 100 * MS);
    assertEquals(1, tracker.take().lost());
  }

  @Test
  void aGapInTheSequenceWasSentToo() {
    tracker.replied(1, 10 * MS, 10 * MS);
    tracker.replied(4, 610 * MS, 10 * MS);
    assertEquals(4, tracker.take().sent());
  }

  @Test
  void aClockThatJumpedForwardIsNotADelay() {
    tracker.restart(0);
    tracker.replied(1, 200 * MS, 10 * MS);
    tracker.replied(2, 400 * MS, 3_600_000 * MS);
    EchoWindow window = tracker.take();
    assertEquals(2, window.received());
    assertEquals(1, window.rtts().length);
  }

  @Test
  void jitterFollowsRfc3550() {
    double[] rtts = {10, 14, 10, 18};
    double expected = 0;
    for (int i = 0; i < rtts.length; i++) {
      tracker.replied(i + 1, (i + 1) * 200 * MS, (long) (rtts[i] * MS));
      expected += i == 0 ? 0 : (Math.abs(rtts[i] - rtts[i - 1]) / 1e3 - expected) / 16;
    }
    assertEquals(expected, tracker.take().jitter(), 1e-12);
  }

  @Test
  void aProcessThatCountsAnewLosesNothing() {
    tracker.replied(500, 10 * MS, 10 * MS);
    tracker.sent(501, 200 * MS);
    tracker.restart(300 * MS);
    tracker.replied(1, 400 * MS, 10 * MS);
    tracker.expire(9000 * MS);
    EchoWindow window = tracker.take();
    assertEquals(0, window.lost());
    assertEquals(2, window.received());
  }

  @Test
  void memoryIsBoundedWhateverComes() {
    for (int i = 0; i < 200_000; i++) {
      tracker.sent(i, i);
      tracker.replied(i * 7L % 200_000, i, i);
    }
    assertTrue(tracker.take().rtts().length <= EchoTracker.MAX_SAMPLES);
  }
}
