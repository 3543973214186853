package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import java.time.Duration;
import java.util.Optional;

/**
 * What one application sends over the simulated link.
 *
 * <p>An application with a rate hands {@code rate × every} bytes to its transport at the start of
 * every period; one without has always more to send. It works for {@code on}, pauses for {@code
 * off}, and starts each working time with a new connection. Immutable and thread-safe.
 *
 * @param direction where its bytes flow
 * @param transport how it sends them
 * @param rate its own rate; empty if the network is its only limit
 * @param every how often it produces data; zero for a steady stream
 * @param start when it first works
 * @param on how long it works each time
 * @param off how long it pauses then; zero if it never does
 */
public record Traffic(
    Direction direction,
    Transport transport,
    Optional<BitRate> rate,
    Duration every,
    Duration start,
    Duration on,
    Duration off) {

  private static final Duration FOREVER = Duration.ofDays(365);

  /**
   * @throws IllegalArgumentException if a time is negative, the working time is zero, or constant
   *     datagrams come without a rate
   */
  public Traffic {
    if (every.isNegative() || start.isNegative() || off.isNegative()) {
      throw new IllegalArgumentException("traffic has a negative time: " + every + ", " + start);
    }
    if (on.isNegative() || on.isZero()) {
      throw new IllegalArgumentException("traffic never works: it is on for " + on);
    }
    if (transport == Transport.CONSTANT && rate.isEmpty()) {
      throw new IllegalArgumentException("constant datagrams need a rate");
    }
  }

  /** A transfer without end that takes whatever the network gives. */
  public static Traffic bulk(Direction direction, Transport transport) {
    return new Traffic(
        direction,
        transport,
        Optional.empty(),
        Duration.ZERO,
        Duration.ZERO,
        FOREVER,
        Duration.ZERO);
  }

  /** A stream that is limited by the application. */
  public static Traffic limited(Direction direction, Transport transport, BitRate rate) {
    return new Traffic(
        direction,
        transport,
        Optional.of(rate),
        Duration.ZERO,
        Duration.ZERO,
        FOREVER,
        Duration.ZERO);
  }

  /** Segments of video, each fetched as fast as the network allows. */
  public static Traffic video(BitRate rate, Duration segment) {
    return new Traffic(
        Direction.DOWNLOAD,
        Transport.CUBIC,
        Optional.of(rate),
        segment,
        Duration.ZERO,
        FOREVER,
        Duration.ZERO);
  }

  /** A call: 100 kbit/s of datagrams. */
  public static Traffic voice(Direction direction) {
    return limited(direction, Transport.CONSTANT, BitRate.ofKilobits(100));
  }

  /** This traffic, working and pausing in turn. */
  public Traffic onOff(Duration newOn, Duration newOff) {
    return new Traffic(direction, transport, rate, every, start, newOn, newOff);
  }

  /** This traffic, starting later. */
  public Traffic startingAt(Duration newStart) {
    return new Traffic(direction, transport, rate, every, newStart, on, off);
  }
}
