package io.github.qosrl.core;

import java.time.Instant;

/**
 * The only source of time in the library: never goes back, whatever happens to the wall clock.
 *
 * <p>No code reads a clock it was not given, so that tests and simulations run in virtual time.
 * Thread-safe.
 */
public interface MonotonicClock {

  /** The present moment. */
  Instant now();

  /**
   * Waits until the given moment; returns at once if it has passed.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  void sleepUntil(Instant moment) throws InterruptedException;

  /** The machine's monotonic clock, anchored to the wall clock when this class was loaded. */
  static MonotonicClock system() {
    return SystemClock.INSTANCE;
  }
}
