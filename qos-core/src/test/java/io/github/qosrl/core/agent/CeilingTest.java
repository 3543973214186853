package io.github.qosrl.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CeilingTest {
  private final Ceiling ceiling = new Ceiling();

  @Test
  void isSteadyWhenCongestionsBeginAtTheSameRate() {
    for (int i = 0; i < 20; i++) {
      ceiling.met(20e6 * (i % 2 == 0 ? 1 : 1.03));
    }
    assertTrue(ceiling.steady());
    assertEquals(0.03, ceiling.unrest(), 0.005);
  }

  @Test
  void isNotSteadyBeforeAnythingIsKnownNorWhenTheCapacityMoves() {
    assertFalse(ceiling.steady());
    for (int i = 0; i < 20; i++) {
      ceiling.met(i % 2 == 0 ? 20e6 : 10e6);
    }
    assertFalse(ceiling.steady());
    assertEquals(0.5, ceiling.unrest(), 0.05);
  }

  @Test
  void isLeftBehindOnlyByTimeWithoutCongestion() {
    ceiling.met(20e6);
    ceiling.pass(0.25);
    assertEquals(0, ceiling.distance());
    ceiling.pass(0.2);
    assertEquals(0.5, ceiling.distance(), 1e-9);
    ceiling.pass(10);
    assertEquals(1, ceiling.distance());
    ceiling.met(20e6);
    assertEquals(0, ceiling.distance());
  }
}
