package io.github.qosrl.probes.irtt;

import io.github.qosrl.probes.internal.OneWaySample;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a line of {@code irtt client} says (versions 0.9.0 to 0.9.2). Parsing is pure: it keeps
 * nothing, and never throws.
 *
 * @param kind what it says
 * @param sequence which packet of the session, from 0
 * @param rttNanos round-trip time less what the server took; negative if the line has none
 * @param eachWay how long it took each way by the clocks of both ends, if the line says so
 * @param text of a restriction: what the server imposes
 */
record IrttLine(
    Kind kind, long sequence, long rttNanos, Optional<OneWaySample> eachWay, String text) {

  enum Kind {
    /** An answer arrived. */
    REPLY,
    /** A further answer to the same packet arrived. */
    DUPLICATE,
    /** The session is agreed upon, and packets are being sent from now on. */
    CONNECTED,
    /** The server allows less than was asked for. */
    RESTRICTION,
    /** All packets of the session are sent. */
    SENT_ALL,
    /** Another event, or part of the summary. */
    OTHER
  }

  private static final IrttLine NOTHING = of(Kind.OTHER);
  private static final long MAX_SEQUENCE = 0xffff_ffffL;
  private static final double NANO = 1e-9;

  private static IrttLine of(Kind kind) {
    return new IrttLine(kind, 0, -1, Optional.empty(), "");
  }

  /** Reads a line. */
  static IrttLine parse(String line) {
    if (line.startsWith("seq=")) {
      return reply(line);
    }
    if (line.startsWith("DUP! seq=")) {
      long sequence = sequence(line);
      return sequence < 0
          ? NOTHING
          : new IrttLine(Kind.DUPLICATE, sequence, -1, Optional.empty(), "");
    }
    return line.startsWith("[") ? event(line) : NOTHING;
  }

  private static IrttLine event(String line) {
    if (line.contains("[Connected] ")) {
      return of(Kind.CONNECTED);
    }
    if (line.contains("[WaitForPackets] ")) {
      return of(Kind.SENT_ALL);
    }
    int at = line.indexOf("[ServerRestriction] ");
    return at < 0
        ? NOTHING
        : new IrttLine(Kind.RESTRICTION, 0, -1, Optional.empty(), line.substring(at + 20));
  }

  private static IrttLine reply(String line) {
    long sequence = sequence(line);
    OptionalLong rtt = time(line, " rtt=");
    if (sequence < 0 || rtt.isEmpty() || rtt.getAsLong() < 0) {
      return NOTHING;
    }
    OptionalLong down = time(line, " rd=");
    OptionalLong up = time(line, " sd=");
    Optional<OneWaySample> eachWay =
        down.isEmpty() || up.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new OneWaySample(
                    up.getAsLong() * NANO,
                    down.getAsLong() * NANO,
                    Math.max(step(up.getAsLong()), step(down.getAsLong())) * NANO));
    return new IrttLine(Kind.REPLY, sequence, rtt.getAsLong(), eachWay, "");
  }

  private static long sequence(String line) {
    int from = line.indexOf('=') + 1;
    long value = -1;
    for (int i = from; i < line.length() && line.charAt(i) >= '0' && line.charAt(i) <= '9'; i++) {
      value = 10 * Math.max(0, value) + line.charAt(i) - '0';
      if (value > MAX_SEQUENCE) {
        return -1;
      }
    }
    return value;
  }

  private static OptionalLong time(String line, String name) {
    int at = line.indexOf(name);
    if (at < 0) {
      return OptionalLong.empty();
    }
    int from = at + name.length();
    int end = line.indexOf(' ', from);
    return GoDuration.parse(line.substring(from, end < 0 ? line.length() : end));
  }

  /** The step to which irtt rounds a time that it prints (its time.go, function rdur). */
  private static long step(long nanos) {
    long size = Math.abs(nanos);
    if (size < 100_000_000L) {
      return size < 1_000_000L ? 1_000L : 10_000L;
    }
    if (size < 1_000_000_000L) {
      return 100_000L;
    }
    if (size < 10_000_000_000L) {
      return 10_000_000L;
    }
    return size < 60_000_000_000L ? 100_000_000L : 1_000_000_000L;
  }
}
