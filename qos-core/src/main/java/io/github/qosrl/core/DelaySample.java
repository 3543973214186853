package io.github.qosrl.core;

import java.time.Duration;
import java.time.Instant;

/**
 * One reply to one delay probe.
 *
 * @param target who replied: the address or name that the probe was given
 * @param receivedAt when the reply arrived
 * @param rtt round-trip time, not negative
 */
public record DelaySample(String target, Instant receivedAt, Duration rtt) {

  /**
   * @throws IllegalArgumentException if the round-trip time is negative
   */
  public DelaySample {
    if (rtt.isNegative()) {
      throw new IllegalArgumentException("round-trip time " + rtt + " is negative");
    }
  }
}
