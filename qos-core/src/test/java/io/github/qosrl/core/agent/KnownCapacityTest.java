package io.github.qosrl.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KnownCapacityTest {
  private static final double TICK = 0.05;
  private final KnownCapacity known = new KnownCapacity();

  @Test
  void isTheMeanOfWhatWasSeenAndSteadyIfThatHardlyMoves() {
    for (int i = 0; i < 200; i++) {
      known.seen(20e6 * (i % 2 == 0 ? 0.99 : 1.01), TICK, 1);
    }
    assertTrue(known.isSteady());
    assertEquals(20e6, known.rate(), 0.02 * 20e6);
    assertTrue(known.unrest() < 0.01, () -> "unrest " + known.unrest());
  }

  @Test
  void aPacketMoreOrLessInAWindowIsNoUnrest() {
    double packetInWindow = 12_000 / TICK;
    for (int i = 0; i < 200; i++) {
      known.seen(2e6 + (i % 2 - 0.5) * packetInWindow, TICK, 1);
    }
    assertTrue(known.unrest() < 0.01, () -> "unrest " + known.unrest());
  }

  @Test
  void isNotSteadyBeforeAnythingIsKnownNorWhenTheCapacityMoves() {
    assertFalse(known.isKnown());
    assertFalse(known.isSteady());
    for (int i = 0; i < 400; i++) {
      known.seen(i / 20 % 2 == 0 ? 20e6 : 10e6, TICK, 1);
    }
    assertTrue(known.isKnown());
    assertFalse(known.isSteady());
  }

  @Test
  void whatWasCarriedIsTheLeastThatTheCapacityIs() {
    known.carried(30e6);
    assertFalse(known.isKnown(), "what a link carried without congestion may be far below");
    known.seen(10e6, TICK, 1);
    known.carried(12e6);
    known.carried(Double.NaN);
    assertEquals(12e6, known.rate());
  }

  @Test
  void aWindowInWhichNothingCameSaysNothing() {
    known.seen(Double.NaN, TICK, 1);
    known.seen(0, TICK, 1);
    assertFalse(known.isKnown());
  }

  @Test
  void isLeftBehindOnlyByTimeWithoutCongestion() {
    known.congested();
    known.pass(0.25);
    assertEquals(0, known.distance());
    known.pass(0.2);
    assertEquals(0.5, known.distance(), 1e-9);
    known.pass(10);
    assertEquals(1, known.distance());
    known.congested();
    assertEquals(0, known.distance());
  }
}
