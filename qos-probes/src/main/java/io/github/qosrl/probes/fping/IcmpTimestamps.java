package io.github.qosrl.probes.fping;

import io.github.qosrl.probes.internal.OneWaySample;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer to an ICMP timestamp request tells (RFC 792, page 16), as {@code fping
 * --icmp-timestamp -D} prints it: milliseconds since midnight UTC, cut off. Parsing is pure: it
 * keeps nothing, and never throws.
 *
 * @param originate when we sent the request, by our clock
 * @param receive when the far end received it, by its clock
 * @param transmit when the far end answered, by its clock
 * @param arrival when we received the answer, by our clock, with a fraction if the line has one
 */
record IcmpTimestamps(long originate, long receive, long transmit, double arrival) {
  private static final long DAY = 86_400_000;
  private static final double MILLI = 1e-3;
  private static final double STEP = 1;

  /**
   * Reads a line.
   *
   * @return empty if it has no timestamps, or the far end's are not milliseconds of a day: with the
   *     high-order bit it says so itself, and no day has more
   */
  static Optional<IcmpTimestamps> parse(String line) {
    int at = line.indexOf(", timestamps: ");
    if (at < 0) {
      return Optional.empty();
    }
    long originate = value(line, at, " Originate=");
    long receive = value(line, at, " Receive=");
    long transmit = value(line, at, " Transmit=");
    long local = value(line, at, " Localreceive=");
    return originate < 0 || receive < 0 || transmit < 0 || local < 0
        ? Optional.empty()
        : Optional.of(new IcmpTimestamps(originate, receive, transmit, arrival(line, local)));
  }

  /** A number below that of a day's milliseconds; negative if there is none. */
  private static long value(String line, int from, String name) {
    int at = line.indexOf(name, from);
    if (at < 0) {
      return -1;
    }
    long value = -1;
    for (int i = at + name.length(); i < line.length() && isDigit(line.charAt(i)); i++) {
      value = 10 * Math.max(0, value) + line.charAt(i) - '0';
      if (value >= DAY) {
        return -1;
      }
    }
    return value;
  }

  /** The time of day that the line begins with is of the same moment, and finer. */
  private static double arrival(String line, long local) {
    double stamped = stamp(line);
    boolean same = Math.abs(wrapped(stamped - local - STEP / 2)) <= STEP;
    return same ? stamped : local + STEP / 2;
  }

  private static double stamp(String line) {
    int end = line.indexOf("] ");
    if (!line.startsWith("[") || end < 2 || end > 24) {
      return Double.NaN;
    }
    for (int i = 1; i < end; i++) {
      if (!isDigit(line.charAt(i)) && line.charAt(i) != '.') {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(line.substring(1, end)) * 1e3 % DAY;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * How long it took each way. The moment of sending is known better than its timestamp tells, by
   * the round-trip time. Times that are cut off are taken for the middle of their millisecond.
   *
   * @param rttNanos negative if unknown
   * @param former the sample before this one: what went round midnight since is joined to it
   */
  OneWaySample sample(long rttNanos, @Nullable OneWaySample former) {
    double afterStamp = rttNanos < 0 ? STEP / 2 : wrapped(arrival - rttNanos * 1e-6 - originate);
    double sent = originate + Math.max(0, Math.min(STEP, afterStamp));
    double up = wrapped(receive + STEP / 2 - sent);
    double down = wrapped(arrival - transmit - STEP / 2);
    if (former != null) {
      up = former.up() / MILLI + wrapped(up - former.up() / MILLI);
      down = former.down() / MILLI + wrapped(down - former.down() / MILLI);
    }
    return new OneWaySample(up * MILLI, down * MILLI, STEP * MILLI);
  }

  /** A difference of two times of day: at most half a day either way. */
  private static double wrapped(double millis) {
    return millis - DAY * Math.rint(millis / DAY);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
