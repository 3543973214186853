package io.github.qosrl.core.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PathShiftTest {
  private static final double TICK = 0.05;
  private static final double CAPACITY = 20e6;
  private final PathShift shift = new PathShift();

  @Test
  void aDelayThatNoCutShortensIsThePathsWithinSeconds() {
    double seconds = 0;
    while (shift.queue(0.15, true, 0.5 * CAPACITY, CAPACITY, TICK) > 0.001) {
      seconds += TICK;
      assertTrue(seconds < 2, "still a queue after " + seconds + " s");
    }
    assertEquals(0.01, shift.queue(0.16, true, 0.9 * CAPACITY, CAPACITY, TICK), 1e-9);
  }

  @Test
  void aQueueThatDrainsStaysAQueue() {
    double queue = 0.4;
    while (queue > 0) {
      assertEquals(queue, shift.queue(queue, true, 0.8 * CAPACITY, CAPACITY, TICK), 1e-9);
      queue -= 0.2 * TICK;
    }
  }

  @Test
  void aQueueThatTheLinkHoldsStaysAQueueHoweverStillItStands() {
    for (int i = 0; i < 1000; i++) {
      assertEquals(0.3, shift.queue(0.3, false, 2 * CAPACITY, CAPACITY, TICK));
    }
  }

  @Test
  void aLimitAtTheCapacityProvesNothing() {
    for (int i = 0; i < 1000; i++) {
      assertEquals(0.05, shift.queue(0.05, true, CAPACITY, CAPACITY, TICK));
    }
  }

  @Test
  void theWayBackIsTakenAtOnce() {
    for (int i = 0; i < 100; i++) {
      shift.queue(0.15, true, 0.5 * CAPACITY, CAPACITY, TICK);
    }
    assertEquals(0, shift.queue(0.02, true, CAPACITY, CAPACITY, TICK));
    assertEquals(0.1, shift.queue(0.12, true, CAPACITY, CAPACITY, TICK), 1e-9);
  }
}
