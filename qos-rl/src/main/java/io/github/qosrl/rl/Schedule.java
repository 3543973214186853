package io.github.qosrl.rl;

/**
 * A number that changes from one value to another over a number of steps, and stays there. For
 * exploration (ε), the learning rate, and the weight of importance sampling. Immutable and
 * thread-safe.
 *
 * @param kind how it gets there
 * @param from the value at step 0
 * @param to the value from step {@code steps} on
 * @param steps how many steps the change takes; at least 1
 */
public record Schedule(Kind kind, double from, double to, long steps) {

  /** How a schedule gets from its first to its last value. */
  public enum Kind {
    /** In equal differences (Mnih et al. 2015, for ε). */
    LINEAR,
    /** In equal ratios. */
    EXPONENTIAL
  }

  /**
   * @throws IllegalArgumentException if a value is not finite, the steps are not positive, or an
   *     exponential schedule has a value that is not positive
   */
  public Schedule {
    if (!Double.isFinite(from) || !Double.isFinite(to) || steps < 1) {
      throw new IllegalArgumentException(
          "schedule from %s to %s over %d steps is not possible; finite values, at least 1 step"
              .formatted(from, to, steps));
    }
    if (kind == Kind.EXPONENTIAL && !(from > 0 && to > 0)) {
      throw new IllegalArgumentException(
          "exponential schedule from %s to %s is not possible; both must be positive"
              .formatted(from, to));
    }
  }

  /** Always the same value. */
  public static Schedule constant(double value) {
    return new Schedule(Kind.LINEAR, value, value, 1);
  }

  /** In equal differences. */
  public static Schedule linear(double from, double to, long steps) {
    return new Schedule(Kind.LINEAR, from, to, steps);
  }

  /** In equal ratios. */
  public static Schedule exponential(double from, double to, long steps) {
    return new Schedule(Kind.EXPONENTIAL, from, to, steps);
  }

  /** The value at a step, counted from 0. */
  public double at(long step) {
    if (step >= steps) {
      return to;
    }
    double part = Math.max(0, step) / (double) steps;
    return kind == Kind.LINEAR ? from + part * (to - from) : from * Math.pow(to / from, part);
  }
}
