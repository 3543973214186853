package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.contract.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TickGridTest {
  private final VirtualClock clock = new VirtualClock();
  private final Instant start = clock.now();
  private final TickGrid grid = new TickGrid(clock, Duration.ofMillis(100));

  @Test
  void workWithinATickDoesNotShiftTheGrid() throws InterruptedException {
    for (int tick = 1; tick <= 50; tick++) {
      clock.advance(Duration.ofMillis(tick % 90));
      assertEquals(Duration.ZERO, grid.await());
      assertEquals(100L * tick, millis());
    }
  }

  @Test
  void lateTickSaysHowLateAndKeepsTheGrid() throws InterruptedException {
    clock.advance(Duration.ofMillis(130));
    assertEquals(Duration.ofMillis(30), grid.await());
    assertEquals(130, millis());
    grid.await();
    assertEquals(200, millis());
  }

  @Test
  void tickThatWouldBeTooShortIsLeftOut() throws InterruptedException {
    clock.advance(Duration.ofMillis(180));
    grid.await();
    grid.await();
    assertEquals(300, millis());
  }

  @Test
  void suspendedMachineDoesNotCatchUp() throws InterruptedException {
    clock.advance(Duration.ofHours(3).plusMillis(10));
    assertEquals(Duration.ofHours(3).minusMillis(90), grid.await());
    grid.await();
    assertEquals(Duration.ofHours(3).plusMillis(100).toMillis(), millis());
    grid.await();
    assertEquals(Duration.ofHours(3).plusMillis(200).toMillis(), millis());
  }

  private long millis() {
    return Duration.between(start, clock.now()).toMillis();
  }
}
