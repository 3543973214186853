package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import java.time.Duration;

/** How large the buckets and queues of a shaper should be. */
final class Sizes {
  /** HTB refuses nothing above it, but warns: a quantum is meant to be a few packets. */
  private static final int LARGEST_QUANTUM = 200_000;

  /** Enough for TCP's first flight (RFC 6928: ten segments) to pass a slow link unharmed. */
  private static final int LEAST_FRAMES = 10;

  private Sizes() {}

  /**
   * Bytes that may pass at line rate: what the rate delivers in one millisecond, so that timer
   * slack costs no throughput, and at least two frames. A bucket smaller than a frame would never
   * let that frame pass (tc-tbf(8), "burst").
   */
  static long burst(BitRate rate, Device device) {
    return Math.max((long) Math.ceil(rate.bytesPerSecond() / 1000), 2L * device.frame());
  }

  /** Bytes that may wait: what the rate delivers in the given time, and at least ten frames. */
  static long queue(BitRate rate, Duration time, Device device) {
    double bytes = rate.bytesPerSecond() * (time.toNanos() / 1e9);
    return (long)
        Math.min(Integer.MAX_VALUE, Math.max(bytes, (double) LEAST_FRAMES * device.frame()));
  }

  /**
   * Bytes a class sends in one turn of HTB's round robin: at least one frame (tc-htb(8),
   * "quantum"). Set by hand because the kernel's own rate/10 leaves its accepted range from 16
   * Mbit/s on.
   */
  static long quantum(BitRate rate, Device device) {
    long millisecond = (long) (rate.bytesPerSecond() / 1000);
    return Math.min(LARGEST_QUANTUM, Math.max(device.frame(), millisecond));
  }
}
