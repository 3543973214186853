package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A rate for each bin of time, over and over. */
final class BinnedCapacity implements CapacityProcess {
  private final double[] bytesPerSecond;
  private final double binSeconds;

  BinnedCapacity(double[] bitsPerSecond, double binSeconds) {
    if (bitsPerSecond.length == 0) {
      throw new IllegalArgumentException("a capacity needs at least one rate");
    }
    if (!(binSeconds > 0)) {
      throw new IllegalArgumentException("a bin of " + binSeconds + " s is not positive");
    }
    bytesPerSecond = new double[bitsPerSecond.length];
    for (int i = 0; i < bitsPerSecond.length; i++) {
      if (!(bitsPerSecond[i] >= 0) || Double.isInfinite(bitsPerSecond[i])) {
        throw new IllegalArgumentException(
            "rate " + bitsPerSecond[i] + " bit/s in bin " + i + " is not a capacity");
      }
      bytesPerSecond[i] = bitsPerSecond[i] / 8;
    }
    this.binSeconds = binSeconds;
  }

  @Override
  public BitRate mean() {
    return BitRate.ofBitsPerSecond(8 * Arrays.stream(bytesPerSecond).average().orElseThrow());
  }

  @Override
  public Realization begin(SplittableRandom random) {
    return new Course();
  }

  private final class Course implements Realization {
    private int bin;
    private double left = binSeconds;

    @Override
    public double advance(double seconds) {
      double bytes = 0;
      double rest = seconds;
      while (rest > left) {
        bytes += left * bytesPerSecond[bin];
        rest -= left;
        left = binSeconds;
        bin = bin + 1 == bytesPerSecond.length ? 0 : bin + 1;
      }
      left -= rest;
      return bytes + rest * bytesPerSecond[bin];
    }
  }
}
