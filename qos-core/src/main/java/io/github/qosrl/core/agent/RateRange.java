package io.github.qosrl.core.agent;

import io.github.qosrl.core.BitRate;

/**
 * Within what an agent may set the rate of a direction.
 *
 * @param min the lowest rate
 * @param base where to start, and what to return to when nothing is known
 * @param max the highest rate
 */
public record RateRange(BitRate min, BitRate base, BitRate max) {

  /**
   * @throws IllegalArgumentException if the rates are not in order
   */
  public RateRange {
    if (min.compareTo(base) > 0 || base.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "rates must be in order: min " + min + ", base " + base + ", max " + max);
    }
  }

  /** Rates in 10<sup>6</sup> bits per second. */
  public static RateRange ofMegabits(double min, double base, double max) {
    return new RateRange(
        BitRate.ofMegabits(min), BitRate.ofMegabits(base), BitRate.ofMegabits(max));
  }

  /** The nearest rate within the range. */
  BitRate clamp(double bitsPerSecond) {
    return BitRate.ofBitsPerSecond(bitsPerSecond).clamp(min, max);
  }
}
