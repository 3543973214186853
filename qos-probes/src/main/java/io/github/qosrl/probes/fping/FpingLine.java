package io.github.qosrl.probes.fping;

import java.util.Optional;

/**
 * What a line of {@code fping -l} says (fping(8), versions 4.2 to 5.3). Parsing is pure: it keeps
 * nothing, and never throws.
 *
 * @param kind what it says
 * @param host the target as it was given on the command line
 * @param index which packet to that target, from 0
 * @param rttNanos round-trip time; negative if the line has none that can be believed
 */
record FpingLine(Kind kind, String host, long index, long rttNanos) {

  enum Kind {
    /** An answer arrived. */
    REPLY,
    /** No answer arrived within fping's own timeout. */
    TIMED_OUT,
    /** The summary. */
    OTHER
  }

  private static final FpingLine NOTHING = new FpingLine(Kind.OTHER, "", 0, -1);

  /** Reads a line; empty if it is none of fping's. */
  static Optional<FpingLine> parse(String line) {
    int colon = line.indexOf(" : ");
    if (line.isEmpty() || (colon > 0 && line.startsWith("xmt/rcv/%loss", colon + 3))) {
      return Optional.of(NOTHING);
    }
    int close = line.indexOf("], ", colon + 1);
    if (colon < 1 || close < 0 || colon + 3 >= line.length() || line.charAt(colon + 3) != '[') {
      return Optional.empty();
    }
    long index = number(line, colon + 4, close);
    String host = host(line, colon);
    if (index < 0 || host.isEmpty()) {
      return Optional.empty();
    }
    String rest = line.substring(close + 3);
    if (rest.startsWith("timed out")) {
      return Optional.of(new FpingLine(Kind.TIMED_OUT, host, index, -1));
    }
    int bytes = rest.indexOf(" bytes, ");
    if (bytes < 0) {
      return Optional.empty();
    }
    return Optional.of(new FpingLine(Kind.REPLY, host, index, rtt(rest, bytes + 8)));
  }

  private static String host(String line, int colon) {
    int start = 0;
    if (line.startsWith("[")) {
      start = line.indexOf("] ") + 2;
    }
    String host =
        start < 2 && line.startsWith("[") || start > colon ? "" : line.substring(start, colon);
    return host.strip();
  }

  private static long number(String line, int from, int to) {
    if (to - from < 1 || to - from > 12) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + c - '0';
    }
    return value;
  }

  private static long rtt(String rest, int from) {
    int end = rest.indexOf(" ms", from);
    if (end < 0 || end - from > 16) {
      return -1;
    }
    try {
      double millis = Double.parseDouble(rest.substring(from, end));
      return millis > 0 && millis < 1e9 ? Math.round(millis * 1e6) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
