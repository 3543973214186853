package io.github.qosrl.core.control;

import io.github.qosrl.core.MonotonicClock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** A clock on which a sleep never ends by itself. */
record SleepyClock(MonotonicClock clock, CountDownLatch asleep) implements MonotonicClock {
  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void sleepUntil(Instant moment) throws InterruptedException {
    asleep.countDown();
    new CountDownLatch(1).await();
  }
}
