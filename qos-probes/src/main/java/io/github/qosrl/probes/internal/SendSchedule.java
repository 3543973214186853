package io.github.qosrl.probes.internal;

import java.time.Duration;
import java.time.Instant;

/**
 * When a program sends which packet to one target that says nothing when it sends, but keeps a
 * strict period: so the time of one packet tells those of all others. Not thread-safe.
 */
public final class SendSchedule {
  /** Less certain than this is the moment at which a packet is sent. */
  private static final Duration TOLERANCE = Duration.ofMillis(20);

  private final Duration period;
  private Instant first;
  private long newest = -1;

  /**
   * @param first when packet 0 is sent, as far as one knows
   */
  public SendSchedule(Instant first, Duration period) {
    this.first = first;
    this.period = period;
  }

  /**
   * Learns when a packet was sent. That an old one is given up long after newer ones were answered
   * says nothing of how fping has slipped since.
   */
  public void observe(long index, Instant sentAt) {
    if (index < newest) {
      observeLater(index, sentAt);
    } else {
      newest = index;
      first = sentAt.minus(span(index));
    }
  }

  /** Learns when about a packet must have been sent: that moves the schedule later only. */
  public void observeLater(long index, Instant sentAt) {
    Instant implied = sentAt.minus(span(index));
    if (implied.isAfter(first.plus(TOLERANCE))) {
      first = implied;
    }
  }

  /**
   * Learns that an answer came, nobody knows when exactly.
   *
   * @param rtt how long after the packet
   * @param earliest it cannot have come before
   * @param latest nor after
   * @return when it came: as the schedule has it, or else the nearest moment that is possible,
   *     which moves the schedule
   */
  public Instant arrival(long index, Duration rtt, Instant earliest, Instant latest) {
    Instant expected = timeOf(index).plus(rtt);
    Instant possible = expected.isBefore(earliest) ? earliest : expected;
    Instant arrived = possible.isAfter(latest) ? latest : possible;
    first = first.plus(Duration.between(expected, arrived));
    return arrived;
  }

  /** When a packet is sent. */
  public Instant timeOf(long index) {
    return first.plus(span(index));
  }

  /** The last packet that must have been sent by now; negative if there is none. */
  public long lastSent(Instant now) {
    long elapsed = Duration.between(first.plus(TOLERANCE), now).toNanos();
    return elapsed < 0 ? -1 : elapsed / period.toNanos();
  }

  /**
   * So many periods. Duration multiplies by way of BigDecimal, which every answer would pay for.
   */
  private Duration span(long periods) {
    long nanos = period.toNanos();
    return Math.abs(periods) <= Long.MAX_VALUE / nanos
        ? Duration.ofNanos(nanos * periods)
        : period.multipliedBy(periods);
  }
}
