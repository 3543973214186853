package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Another capacity times a log-normal factor of mean 1 that wanders: the logarithm is an
 * Ornstein–Uhlenbeck process, the Gauss–Markov model of shadowing (Gudmundson, Electronics Letters
 * 27(23), 1991), redrawn every 20 ms.
 */
final class FadingCapacity implements CapacityProcess {
  private static final double REDRAW_SECONDS = 0.02;

  private final CapacityProcess whole;
  private final double sigma;
  private final double keep;

  FadingCapacity(CapacityProcess whole, double sigma, Duration memory) {
    if (!(sigma >= 0 && sigma <= 2)) {
      throw new IllegalArgumentException("sigma " + sigma + " is not within 0 to 2");
    }
    if (memory.isNegative() || memory.isZero()) {
      throw new IllegalArgumentException("memory " + memory + " is not positive");
    }
    this.whole = whole;
    this.sigma = sigma;
    keep = Math.exp(-REDRAW_SECONDS / (memory.toNanos() / 1e9));
  }

  @Override
  public BitRate mean() {
    return whole.mean();
  }

  @Override
  public Realization begin(SplittableRandom random) {
    return new Course(whole.begin(random.split()), random);
  }

  private final class Course implements Realization {
    private final Realization inner;
    private final SplittableRandom random;
    private double level;
    private double factor;
    private double left;

    Course(Realization inner, SplittableRandom random) {
      this.inner = inner;
      this.random = random;
      level = random.nextGaussian();
      draw();
    }

    private void draw() {
      left = REDRAW_SECONDS;
      level = keep * level + Math.sqrt(1 - keep * keep) * random.nextGaussian();
      factor = Math.exp(sigma * level - sigma * sigma / 2);
    }

    @Override
    public double advance(double seconds) {
      double bytes = 0;
      double rest = seconds;
      while (rest > left) {
        bytes += inner.advance(left) * factor;
        rest -= left;
        draw();
      }
      left -= rest;
      return rest > 0 ? bytes + inner.advance(rest) * factor : bytes;
    }
  }
}
