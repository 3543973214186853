package io.github.qosrl.probes.ping;

import java.util.Optional;

/**
 * What a line of {@code ping -D -O} says (iputils ping(8)). Parsing is pure: it keeps nothing, and
 * never throws.
 *
 * @param kind what it says
 * @param sequence the packet's 16-bit sequence number, 0 to 65535; 0 where the line has none
 * @param rttNanos round-trip time; negative if the line has none that can be believed
 */
record PingLine(Kind kind, int sequence, long rttNanos) {

  enum Kind {
    /** An answer arrived. */
    REPLY,
    /** A further answer to the same packet arrived. */
    DUPLICATE,
    /** The next packet is being sent, and this one has no answer yet. */
    OUTSTANDING,
    /** The network says that it could not deliver the packet. */
    REFUSED,
    /** The headline, the summary, a notice. */
    OTHER
  }

  private static final PingLine NOTHING = new PingLine(Kind.OTHER, 0, -1);
  private static final String SEQUENCE = "icmp_seq=";
  private static final String TIME = " time=";

  /** Reads a line; empty if it is none of ping's. */
  static Optional<PingLine> parse(String line) {
    String text = withoutTimestamp(line);
    int sequence = sequence(text);
    if (sequence >= 0) {
      if (text.startsWith("no answer yet for ")) {
        return Optional.of(new PingLine(Kind.OUTSTANDING, sequence, -1));
      }
      if (text.startsWith("From ")) {
        return Optional.of(isNotice(text) ? NOTHING : new PingLine(Kind.REFUSED, sequence, -1));
      }
      if (text.contains(" bytes from ") && Character.isDigit(text.charAt(0))) {
        Kind kind = text.endsWith("(DUP!)") ? Kind.DUPLICATE : Kind.REPLY;
        return Optional.of(new PingLine(kind, sequence, rtt(text)));
      }
      return Optional.empty();
    }
    boolean known =
        text.isEmpty()
            || text.startsWith("PING ")
            || text.startsWith("--- ")
            || text.startsWith("rtt ")
            || text.startsWith("pipe ")
            || text.contains(" packets transmitted, ");
    return known ? Optional.of(NOTHING) : Optional.empty();
  }

  /** A redirect tells of another way, not of a loss (RFC 792). */
  private static boolean isNotice(String text) {
    return text.contains("Redirect") || text.contains("Source Quench");
  }

  private static String withoutTimestamp(String line) {
    if (!line.startsWith("[")) {
      return line;
    }
    int end = line.indexOf("] ");
    return end < 0 ? line : line.substring(end + 2);
  }

  private static int sequence(String text) {
    int at = text.indexOf(SEQUENCE);
    if (at < 0) {
      return -1;
    }
    int value = 0;
    int i = at + SEQUENCE.length();
    int first = i;
    while (i < text.length() && i < first + 6 && isDigit(text.charAt(i))) {
      value = 10 * value + text.charAt(i++) - '0';
    }
    return i == first || value > 0xffff ? -1 : value;
  }

  /**
   * A time of 0.000 ms is what ping prints when the wall clock went back while the packet was on
   * its way: it is no time at all.
   */
  private static long rtt(String text) {
    int at = text.indexOf(TIME);
    int end = text.indexOf(" ms", at + 1);
    if (at < 0 || end < 0 || end - at > 24) {
      return -1;
    }
    try {
      double millis = Double.parseDouble(text.substring(at + TIME.length(), end));
      return millis > 0 && millis < 1e9 ? Math.round(millis * 1e6) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
