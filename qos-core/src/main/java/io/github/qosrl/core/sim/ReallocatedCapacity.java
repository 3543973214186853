package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.SplittableRandom;

/** A new log-normal rate at fixed times, as a scheduler that reassigns beams or cells hands out. */
final class ReallocatedCapacity implements CapacityProcess {
  private final BitRate mean;
  private final double sigma;
  private final double every;

  ReallocatedCapacity(BitRate mean, double sigma, Duration every) {
    if (!(sigma >= 0 && sigma <= 2)) {
      throw new IllegalArgumentException("sigma " + sigma + " is not within 0 to 2");
    }
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("a reallocation every " + every + " is not possible");
    }
    this.mean = mean;
    this.sigma = sigma;
    this.every = every.toNanos() / 1e9;
  }

  @Override
  public BitRate mean() {
    return mean;
  }

  @Override
  public Realization begin(SplittableRandom random) {
    return new Course(random);
  }

  private final class Course implements Realization {
    private final SplittableRandom random;
    private double rate;
    private double left;

    Course(SplittableRandom random) {
      this.random = random;
      draw();
      left = every * (1 - random.nextDouble());
    }

    private void draw() {
      left = every;
      rate = mean.bytesPerSecond() * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    }

    @Override
    public double advance(double seconds) {
      double bytes = 0;
      double rest = seconds;
      while (rest > left) {
        bytes += left * rate;
        rest -= left;
        draw();
      }
      left -= rest;
      return bytes + rest * rate;
    }
  }
}
