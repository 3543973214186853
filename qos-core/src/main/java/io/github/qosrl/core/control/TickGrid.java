package io.github.qosrl.core.control;

import io.github.qosrl.core.MonotonicClock;
import java.time.Duration;
import java.time.Instant;

/**
 * The rhythm of a live link: moments one interval apart. After a delay it goes on with a later
 * moment of the same grid; moments that were missed are not made up for.
 */
final class TickGrid {
  private final MonotonicClock clock;
  private final Duration interval;
  private Instant next;

  TickGrid(MonotonicClock clock, Duration interval) {
    this.clock = clock;
    this.interval = interval;
    this.next = clock.now().plus(interval);
  }

  /**
   * Waits for the next moment.
   *
   * @return how late it is; zero or next to it if all is well
   */
  Duration await() throws InterruptedException {
    clock.sleepUntil(next);
    Duration late = Duration.between(next, clock.now());
    // In whole numbers: Duration divides by way of BigDecimal.
    long length = interval.toNanos();
    // The first moment that leaves at least half an interval: a shorter tick would measure nothing.
    long steps = Math.max(1, (late.toNanos() + length / 2) / length + 1);
    next = next.plusNanos(length * steps);
    return late.isNegative() ? Duration.ZERO : late;
  }
}
