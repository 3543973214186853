package io.github.qosrl.probes.irtt;

import java.util.OptionalLong;

/**
 * Reads lengths of time as Go prints them (package time, Duration.String): {@code 1h2m3.5s}, {@code
 * 20.31ms}, {@code -74.2µs}, {@code 930ns}, {@code 0s}. Pure, and never throws.
 */
final class GoDuration {
  /** A day; what is longer is no delay of a packet, nor a difference of clocks worth a number. */
  private static final double LONGEST = 86_400e9;

  private GoDuration() {}

  /** Nanoseconds, a day at most either way; empty if the text is no such length of time. */
  static OptionalLong parse(String text) {
    boolean negative = text.startsWith("-");
    int i = negative ? 1 : 0;
    double nanos = 0;
    if (i == text.length() || text.length() > 32) {
      return OptionalLong.empty();
    }
    while (i < text.length()) {
      int end = endOfNumber(text, i);
      int next = endOfUnit(text, end);
      double unit = unit(text.substring(end, next));
      if (end == i || Double.isNaN(unit)) {
        return OptionalLong.empty();
      }
      try {
        nanos += Double.parseDouble(text.substring(i, end)) * unit;
      } catch (NumberFormatException e) {
        return OptionalLong.empty();
      }
      i = next;
    }
    return nanos > LONGEST
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(negative ? -nanos : nanos));
  }

  private static int endOfNumber(String text, int from) {
    int i = from;
    while (i < text.length() && isOfNumber(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int endOfUnit(String text, int from) {
    int i = from;
    while (i < text.length() && !isOfNumber(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  private static double unit(String name) {
    return switch (name) {
      case "ns" -> 1;
      // The micro sign, the Greek letter, and what a reader of single bytes makes of the former.
      case "us", "\u00b5s", "\u03bcs", "\u00c2\u00b5s" -> 1e3;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      default -> Double.NaN;
    };
  }
}
