package io.github.qosrl.probes.internal;

import java.util.Arrays;

/** The newest samples of a window: grows to a bound, then forgets the oldest. Not thread-safe. */
final class SampleRing {
  private final int bound;
  private double[] samples = new double[16];
  private int size;
  private int next;

  SampleRing(int bound) {
    this.bound = bound;
  }

  void add(double sample) {
    if (size == samples.length && size < bound) {
      samples = Arrays.copyOf(samples, Math.min(bound, 2 * size));
    }
    if (size < samples.length) {
      samples[size++] = sample;
    } else {
      samples[next] = sample;
      next = (next + 1) % size;
    }
  }

  /** The samples, in no particular order; empties the ring, and frees what a long window took. */
  double[] take() {
    double[] taken = Arrays.copyOf(samples, size);
    if (samples.length > 1024) {
      samples = new double[16];
    }
    size = 0;
    next = 0;
    return taken;
  }
}
