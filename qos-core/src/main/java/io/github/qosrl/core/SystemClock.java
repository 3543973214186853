package io.github.qosrl.core;

import java.time.Duration;
import java.time.Instant;

/** The one place where the library reads the machine's clocks. */
enum SystemClock implements MonotonicClock {
  INSTANCE;

  private final Instant anchor = Instant.now();
  private final long anchorNanos = System.nanoTime();

  @Override
  public Instant now() {
    return anchor.plusNanos(System.nanoTime() - anchorNanos);
  }

  @Override
  public void sleepUntil(Instant moment) throws InterruptedException {
    long nanos = Duration.between(now(), moment).toNanos();
    if (nanos > 0) {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    } else if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
