package io.github.qosrl.core.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the headers of the users' own packets tell a passive probe at the WAN interface ({@link
 * io.github.qosrl.core.FlowMetrics}), and what is wrong with it. Changes nothing but what is seen:
 * traffic, queues and pings stay as they are. Immutable and thread-safe.
 *
 * @param observed whether there is such a probe
 * @param timestamps part of the TCP flows whose hosts write timestamps, 0 to 1
 * @param quic part of the flows that are QUIC, of which neither timestamps nor acknowledgements can
 *     be read, 0 to 1; {@link Transport#CONSTANT} is never read either
 * @param timestampTick tick of the clock that timestamps tell, 0.1 ms to 100 ms; RFC 7323, section
 *     5.4, allows 1 ms to 1 s, and Linux has 1 ms
 * @param clockDrift what that clock loses against ours, as a part: −2e-4 to 2e-4; the probe takes
 *     nine tenths of it out
 * @param delayedAcks whether receivers hold an acknowledgement back until a second packet comes, at
 *     most 40 ms (RFC 1122, section 4.2.3.2; {@code TCP_DELACK_MIN} of Linux)
 */
public record PassiveSignals(
    boolean observed,
    double timestamps,
    double quic,
    Duration timestampTick,
    double clockDrift,
    boolean delayedAcks) {

  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration SMALLEST_TICK = Duration.ofNanos(100_000);
  private static final Duration LARGEST_TICK = Duration.ofMillis(100);
  private static final double LARGEST_DRIFT = 2e-4;

  private static final PassiveSignals STANDARD = new PassiveSignals(true, 1, 0, MS, 2e-5, true);

  /** Nobody reads the users' packets. */
  public static final PassiveSignals NONE = new PassiveSignals(false, 1, 0, MS, 0, true);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message lists all that are
   */
  public PassiveSignals {
    List<String> problems = new ArrayList<>();
    if (!(timestamps >= 0 && timestamps <= 1)) {
      problems.add("timestamps " + timestamps + " are not within 0 to 1");
    }
    if (!(quic >= 0 && quic <= 1)) {
      problems.add("QUIC " + quic + " is not within 0 to 1");
    }
    if (timestampTick.compareTo(SMALLEST_TICK) < 0 || timestampTick.compareTo(LARGEST_TICK) > 0) {
      problems.add(
          "timestamp tick %s is not within %s to %s"
              .formatted(timestampTick, SMALLEST_TICK, LARGEST_TICK));
    }
    if (!(Math.abs(clockDrift) <= LARGEST_DRIFT)) {
      problems.add("clock drift " + clockDrift + " is not within -2e-4 to 2e-4");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** Linux hosts: every flow is TCP with timestamps of 1 ms, 20 ppm of drift, delayed ACKs. */
  public static PassiveSignals standard() {
    return STANDARD;
  }

  /**
   * A spread of what homes are like: in one case of eight nobody reads the packets. Else timestamps
   * in all flows (half of the cases), in a part of U(0, 1), or in none (one of eight); no QUIC
   * (half), or a part of U(0, 0.8); ticks of 1 ms (three of five), 4 or 10 ms; drift U(−100, 100)
   * ppm; delayed ACKs in nine cases of ten.
   */
  static PassiveSignals draw(SplittableRandom random) {
    int timestamps = random.nextInt(8);
    double some = random.nextDouble();
    boolean quic = random.nextBoolean();
    double share = 0.8 * random.nextDouble();
    int tick = random.nextInt(5);
    double drift = 1e-4 * (2 * random.nextDouble() - 1);
    boolean delayed = random.nextInt(10) > 0;
    return new PassiveSignals(
        random.nextInt(8) > 0,
        timestamps < 4 ? 1 : timestamps < 7 ? some : 0,
        quic ? share : 0,
        Duration.ofMillis(tick < 3 ? 1 : tick < 4 ? 4 : 10),
        drift,
        delayed);
  }

  /** The same with timestamps in another part of the TCP flows. */
  public PassiveSignals withTimestamps(double part) {
    return new PassiveSignals(observed, part, quic, timestampTick, clockDrift, delayedAcks);
  }

  /** The same with another part of the flows being QUIC. */
  public PassiveSignals withQuic(double part) {
    return new PassiveSignals(observed, timestamps, part, timestampTick, clockDrift, delayedAcks);
  }

  /** The same with timestamps of another tick. */
  public PassiveSignals withTimestampTick(Duration tick) {
    return new PassiveSignals(observed, timestamps, quic, tick, clockDrift, delayedAcks);
  }

  /** The same with clocks that lose another part of the time. */
  public PassiveSignals withClockDrift(double part) {
    return new PassiveSignals(observed, timestamps, quic, timestampTick, part, delayedAcks);
  }

  /** The same with receivers that hold acknowledgements back, or do not. */
  public PassiveSignals withDelayedAcks(boolean delayed) {
    return new PassiveSignals(observed, timestamps, quic, timestampTick, clockDrift, delayed);
  }

  /** The same, seen by a probe or by nobody. */
  public PassiveSignals withProbe(boolean present) {
    return new PassiveSignals(present, timestamps, quic, timestampTick, clockDrift, delayedAcks);
  }
}
