package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.SplittableRandom;

/** Another capacity with outages: a Poisson process of exponential times without any capacity. */
final class OutageCapacity implements CapacityProcess {
  private final CapacityProcess whole;
  private final double every;
  private final double lasting;

  OutageCapacity(CapacityProcess whole, Duration every, Duration lasting) {
    if (every.isNegative() || every.isZero() || lasting.isNegative()) {
      throw new IllegalArgumentException(
          "outages every %s for %s are not possible".formatted(every, lasting));
    }
    this.whole = whole;
    this.every = every.toNanos() / 1e9;
    this.lasting = lasting.toNanos() / 1e9;
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
    private boolean out;
    private double left;

    Course(Realization inner, SplittableRandom random) {
      this.inner = inner;
      this.random = random;
      left = exponential(every);
    }

    private double exponential(double mean) {
      return -mean * Math.log(1 - random.nextDouble());
    }

    @Override
    public double advance(double seconds) {
      double bytes = 0;
      double rest = seconds;
      while (rest > 0) {
        double part = Math.min(rest, left);
        if (part > 0) {
          double could = inner.advance(part);
          bytes += out ? 0 : could;
        }
        rest -= part;
        left -= part;
        if (left <= 0) {
          out = !out;
          left = exponential(out ? lasting : every);
        }
      }
      return bytes;
    }
  }
}
