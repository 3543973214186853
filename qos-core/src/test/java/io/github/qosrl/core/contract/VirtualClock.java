package io.github.qosrl.core.contract;

import io.github.qosrl.core.MonotonicClock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is told, or asked to sleep: sleeping takes no time. */
public final class VirtualClock implements MonotonicClock {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public synchronized Instant now() {
    return now;
  }

  /** Lets time pass. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public synchronized void sleepUntil(Instant moment) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (moment.isAfter(now)) {
      now = moment;
    }
  }
}
