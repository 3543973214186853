package io.github.qosrl.probes.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When lines were printed, in moments of our own clock, told by the time of day that they begin
 * with: {@code [1700000000.123456] }, as {@code ping -D} and {@code fping -D} print it. So lines
 * may be read together, some time after they were printed.
 *
 * <p>That time of day is another clock's, perhaps another machine's, and may be set at any moment.
 * What is known is that a line was printed after the last reading, which took all there was, and
 * before this one; the difference of the two clocks is kept within what that allows. Not
 * thread-safe.
 */
final class PrintTimes {
  private static final long NONE = Long.MIN_VALUE;
  private static final int MAX_SECOND_DIGITS = 10;
  private static final int MAX_FRACTION_DIGITS = 9;

  /** Moments are counted from here, in nanoseconds. */
  private final Instant start;

  private long earliest;
  private long latest;

  /** Our clock minus the printed one. */
  private long difference = NONE;

  /**
   * @param start nothing was printed before
   */
  PrintTimes(Instant start) {
    this.start = start;
  }

  /** Takes in the lines that were printed since the last reading, all of them, in their order. */
  void read(List<String> lines, Instant now) {
    earliest = latest;
    latest = Math.max(latest, nanos(now));
    long first = NONE;
    long last = NONE;
    for (String line : lines) {
      long stamp = stamp(line);
      if (stamp != NONE) {
        first = first == NONE ? stamp : first;
        last = stamp;
      }
    }
    if (last != NONE) {
      long atMost = latest - last;
      long atLeast = Math.min(earliest - first, atMost);
      difference = difference == NONE ? atMost : Math.max(atLeast, Math.min(atMost, difference));
    }
  }

  /** When a line of the last reading was printed; that of the reading itself if it does not say. */
  Instant of(String line) {
    long stamp = stamp(line);
    long at = stamp == NONE ? latest : stamp + difference;
    return start.plusNanos(Math.max(earliest, Math.min(latest, at)));
  }

  private long nanos(Instant time) {
    return Duration.between(start, time).toNanos();
  }

  /** The time of day that a line begins with, in nanoseconds. */
  private static long stamp(String line) {
    if (!line.startsWith("[")) {
      return NONE;
    }
    int point = digits(line, 1);
    int end = point < line.length() && line.charAt(point) == '.' ? digits(line, point + 1) : point;
    boolean stamped = point > 1 && end > point + 1 && line.startsWith("] ", end);
    if (!stamped || point - 1 > MAX_SECOND_DIGITS || end - point - 1 > MAX_FRACTION_DIGITS) {
      return NONE;
    }
    long nanos = 0;
    int scale = 0;
    for (int i = 1; i < end; i++) {
      if (i != point) {
        nanos = 10 * nanos + line.charAt(i) - '0';
        scale += i > point ? 1 : 0;
      }
    }
    for (; scale < MAX_FRACTION_DIGITS; scale++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int digits(String line, int from) {
    int i = from;
    while (i < line.length() && line.charAt(i) >= '0' && line.charAt(i) <= '9') {
      i++;
    }
    return i;
  }
}
