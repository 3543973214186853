package io.github.qosrl.probes.flows;

import java.time.Instant;

/**
 * Notices that the clock by which packets are dated was set, by a clock that never is: then every
 * one-way delay has changed by as much, and no queue did it. Clocks that are slewed run faster or
 * slower by far less than is taken for a step. Not thread-safe.
 */
final class WallClockWatch {
  /** More than packets wait to be read, and than clocks are off that are slewed. */
  private static final long STEP = 400_000_000;

  /** A clock that was set back dates packets before those that it dated. */
  private static final long BACK = 1_000_000_000;

  /** What the difference may change by, as a part of the time, when a clock is slewed. */
  private static final double SLEW = 1e-3;

  private boolean begun;
  private long newest;
  private double ahead;
  private long readAt;

  /**
   * Whether it was set since the last packet.
   *
   * @param time when the packet was captured, by the clock that may be set, in nanoseconds
   * @param now when it was read at the latest, by the other
   */
  boolean wasSet(long time, Instant now) {
    long read = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    double difference = time - read;
    boolean set = begun && (difference > ahead(read) + STEP || newest - time > BACK);
    if (!begun || set) {
      begun = true;
      ahead = difference;
      newest = time;
    } else {
      ahead = Math.max(difference, ahead(read));
      newest = Math.max(newest, time);
    }
    readAt = read;
    return set;
  }

  /** No packet was dated further ahead of the time at which it was read. */
  private double ahead(long read) {
    return ahead - SLEW * (read - readAt);
  }
}
