package io.github.qosrl.core.agent;

/**
 * What the congestions of one direction say of its capacity: whether it keeps meeting them at the
 * same rate, and how far it is from the last one. Times in seconds.
 *
 * <p>On a link that stands still the next congestion will be where the last was: as CUBIC does, one
 * approaches that place slowly, and hurries again when no congestion has been met for a while.
 */
final class Ceiling {
  /** Unrest before anything is known, and the weight of each congestion after that. */
  private static final double FIRST_UNREST = 0.1;

  private static final double WEIGHT = 0.25;
  private static final double LARGEST_CHANGE = 0.5;

  /** Below this unrest, the capacity stands still. */
  private static final double STEADY = 0.1;

  /** Without congestion for this long, the ceiling is left behind; fully after as long again. */
  private static final double NEAR = 0.3;

  private double rate = Double.NaN;
  private double unrest = FIRST_UNREST;
  private double calmFor;

  /** Congestion began at this rate. */
  void met(double at) {
    double change = Double.isNaN(rate) ? 0 : Math.abs(Math.log(at / rate));
    unrest += WEIGHT * (Math.min(LARGEST_CHANGE, change) - unrest);
    rate = at;
    calmFor = 0;
  }

  /** Time without congestion. */
  void pass(double elapsed) {
    calmFor += elapsed;
  }

  /** Mean difference between the logarithms of the rates at which congestions began, 0 to 0.5. */
  double unrest() {
    return unrest;
  }

  boolean steady() {
    return unrest < STEADY;
  }

  /** 0 next to the ceiling, 1 when it is left behind. */
  double distance() {
    return Math.max(0, Math.min(1, calmFor / NEAR - 1));
  }
}
