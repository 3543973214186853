package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How the capacity of one direction of a link moves over time. Immutable and thread-safe; what
 * moves is a {@link Realization} of it.
 */
public interface CapacityProcess {

  /**
   * Starts one realization at time 0.
   *
   * @param random fixes everything random in it; the realization keeps it
   */
  Realization begin(SplittableRandom random);

  /** The nominal mean capacity, before outages and bounds. Buffers are measured against it. */
  BitRate mean();

  /** One course of the capacity through time. Not thread-safe. */
  interface Realization {

    /**
     * Moves on, and says how many bytes can pass meanwhile.
     *
     * @param seconds how far to move, positive
     * @return bytes, not negative
     */
    double advance(double seconds);
  }

  /** The same capacity for ever. */
  static CapacityProcess constant(BitRate rate) {
    return new BinnedCapacity(new double[] {rate.bitsPerSecond()}, 3600);
  }

  /**
   * Each of the rates in turn for the same time, over and over.
   *
   * @throws IllegalArgumentException if there is no rate, or the time is not positive
   */
  static CapacityProcess steps(Duration each, List<BitRate> rates) {
    return new BinnedCapacity(
        rates.stream().mapToDouble(BitRate::bitsPerSecond).toArray(), each.toNanos() / 1e9);
  }

  /**
   * Measured rates, over and over.
   *
   * @param bitsPerSecond one rate for each bin, not negative
   * @param bin the length of a bin
   * @throws IllegalArgumentException if there is no bin, a rate is negative or not finite, or the
   *     bin is not positive
   */
  static CapacityProcess trace(double[] bitsPerSecond, Duration bin) {
    return new BinnedCapacity(bitsPerSecond, bin.toNanos() / 1e9);
  }

  /**
   * A new rate at fixed times, log-normal around the mean.
   *
   * @param sigma standard deviation of the rate's logarithm, 0 to 2
   * @throws IllegalArgumentException if a value is out of range
   */
  static CapacityProcess reallocated(BitRate mean, double sigma, Duration every) {
    return new ReallocatedCapacity(mean, sigma, every);
  }

  /**
   * This capacity times a log-normal factor of mean 1 that wanders, as on a radio channel.
   *
   * @param sigma standard deviation of the factor's logarithm, 0 to 2
   * @param memory time in which the logarithm decorrelates to 1/e
   * @throws IllegalArgumentException if a value is out of range
   */
  default CapacityProcess fading(double sigma, Duration memory) {
    return new FadingCapacity(this, sigma, memory);
  }

  /**
   * This capacity, never below a floor nor above a ceiling, judged over each few milliseconds.
   *
   * @throws IllegalArgumentException if the floor is above the ceiling
   */
  default CapacityProcess within(BitRate floor, BitRate ceiling) {
    return new BoundedCapacity(this, floor, ceiling);
  }

  /**
   * This capacity with outages that come at random, as a Poisson process, and last for exponential
   * times.
   *
   * @param every mean time from the end of one outage to the start of the next
   * @param lasting mean length of an outage
   * @throws IllegalArgumentException if {@code every} is not positive, or {@code lasting} negative
   */
  default CapacityProcess withOutages(Duration every, Duration lasting) {
    return new OutageCapacity(this, every, lasting);
  }
}
