package io.github.qosrl.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SmallCorrectionsTest {
  private static final double TICK = 0.05;

  @Test
  void keepTheRateWhereTheQueueIsAsLongAsWanted() {
    // 7.8 ms less eight packets' time, 4.8 ms at 20 Mbit/s.
    KnownCapacity known = steady(20e6);
    assertEquals(20e6, SmallCorrections.rate(known, false, 20e6, 0.003, 0), 1);
    assertTrue(SmallCorrections.rate(known, false, 20e6, 0.004, 0) < 20e6);
    assertTrue(
        SmallCorrections.rate(known, false, 20e6, 0.003, 0.001) < 20e6, "a queue that grows");
    assertEquals(
        1.005 * 20e6, SmallCorrections.rate(known, false, 20e6, 0, 0), 1, "no more above it");
  }

  @Test
  void aimAtAShorterQueueOnASlowLinkWhoseBurstsWeighMore() {
    double queue = 0.002;
    assertTrue(SmallCorrections.rate(steady(40e6), false, 40e6, queue, 0) > 40e6);
    assertTrue(SmallCorrections.rate(steady(10e6), false, 10e6, queue, 0) < 10e6);
    assertEquals(
        0.99 * 1e6,
        SmallCorrections.rate(steady(1e6), false, 1e6, 0, 0),
        1,
        "a download whose bursts are a queue already is left a little of its capacity");
    assertEquals(1e6, SmallCorrections.rate(steady(1e6), true, 1e6, 0, 0), 1, "an upload is not");
  }

  @Test
  void aimAtNoLongerAQueueHoweverFastTheLinkIs() {
    assertEquals(1e9, SmallCorrections.rate(steady(1e9), false, 1e9, 0.004, 0), 1);
  }

  @Test
  void suitOnlyASteadyCapacityThatIsNear() {
    KnownCapacity known = steady(20e6);
    assertTrue(SmallCorrections.suit(known, 20e6, 0.003));
    assertFalse(SmallCorrections.suit(known, 20e6, 0.012), "the queue is long");
    assertFalse(SmallCorrections.suit(known, 17e6, 0.003), "the rate is far below");
    known.pass(1);
    assertFalse(SmallCorrections.suit(known, 20e6, 0.003), "the last congestion is long ago");
    assertFalse(SmallCorrections.suit(new KnownCapacity(), 20e6, 0.003));
  }

  private static KnownCapacity steady(double rate) {
    KnownCapacity known = new KnownCapacity();
    for (int i = 0; i < 200; i++) {
      known.seen(rate, TICK, 1);
    }
    return known;
  }
}
