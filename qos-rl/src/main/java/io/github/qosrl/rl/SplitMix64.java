package io.github.qosrl.rl;

import java.util.random.RandomGenerator;

/**
 * A random generator whose whole state is one number, so that a checkpoint can keep it: SplitMix64
 * (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", figure 17). Not
 * thread-safe.
 */
final class SplitMix64 implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  /** What a generator must be given to go on from here. */
  long state() {
    return state;
  }

  void restore(long savedState) {
    state = savedState;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Scrambles a number; equal numbers give equal results, near ones far results. */
  static long mix(long number) {
    long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
