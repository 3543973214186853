package io.github.qosrl.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GivingWayTest {
  private static final double TICK = 0.05;
  private static final double PACKETS = 80;

  private final GivingWay way = new GivingWay();

  @Test
  void countsOneDropInAHundredAsHeededAndOneInSixAsNot() {
    pass(100, 0.01, 0.04);
    assertEquals(0, way.unheeded());
    pass(400, 0.16, 0.04);
    assertEquals(1, way.unheeded());
    pass(400, 0.01, 0.04);
    assertEquals(0, way.unheeded(), "and finds senders that heed them again");
  }

  @Test
  void dropsOfFewPacketsOrOfNobodyKnowsHowManySayNothing() {
    way.observe(0.04, 1, 10 * ReceiveRateDirection.PACKET_BITS, TICK);
    assertEquals(0, way.unheeded());
    way.observe(0.04, 10, Double.NaN, TICK);
    assertEquals(0, way.unheeded());
  }

  @Test
  void manyDropsOfAShortPathAreThoseOfSmallWindows() {
    pass(400, 0.16, 0.002);
    assertEquals(0, way.unheeded());
  }

  @Test
  void cutsDeeperAndComesBackToLessIfDropsAreNotHeeded() {
    pass(100, 0.01, 0.04);
    assertEquals(0.8, way.share(0.02), 1e-9);
    assertEquals(0.5, way.share(1), 1e-9);
    assertEquals(0.97 * 20, way.comeback(20, 0.0333), 0.01);
    pass(400, 0.16, 0.04);
    assertEquals(1 - 0.02 / 0.06, way.share(0.02), 1e-9);
    assertEquals(0.4, way.share(1), 1e-9);
    assertEquals(0.8 * 20, way.comeback(20, 0.0333), 1e-9);
  }

  @Test
  void onALongPathALongerQueueIsDrainedAtTheSameRate() {
    pass(100, 0.01, 0.1);
    assertEquals(0.92, way.share(0.02), 1e-9);
    pass(400, 0.16, 0.1);
    assertEquals(1 - 0.02 / 0.15, way.share(0.02), 1e-9);
  }

  @Test
  void growthEndsBelowAKnownCapacityIfDropsAreNotHeeded() {
    KnownCapacity known = new KnownCapacity();
    known.seen(20e6, TICK, 1);
    known.congested();
    assertEquals(Double.POSITIVE_INFINITY, way.most(known));
    pass(400, 0.16, 0.04);
    assertEquals(0.93 * 20e6, way.most(known), 1);
    known.pass(0.45);
    assertEquals(0.965 * 20e6, way.most(known), 1);
    known.pass(0.2);
    assertEquals(Double.POSITIVE_INFINITY, way.most(known), "the capacity is another one by now");
    assertEquals(Double.POSITIVE_INFINITY, way.most(new KnownCapacity()));
  }

  private void pass(int ticks, double dropped, double baseline) {
    for (int i = 0; i < ticks; i++) {
      double arrived = PACKETS * ReceiveRateDirection.PACKET_BITS;
      way.observe(baseline, dropped * PACKETS, arrived, TICK);
      assertTrue(way.unheeded() >= 0 && way.unheeded() <= 1);
    }
  }
}
