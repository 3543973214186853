package io.github.qosrl.core.estimate;

import java.util.OptionalDouble;

/**
 * A figure, and what it rests on. Immutable.
 *
 * @param value in SI base units; NaN if unknown
 * @param source where it came from
 * @param age seconds since the newest sample that it rests on; 0 or more, infinite if unknown
 * @param certainty from 0, a guess, to 1, seen directly
 */
public record Estimate(double value, Source source, double age, double certainty) {
  /** Nothing is known. */
  public static final Estimate UNKNOWN =
      new Estimate(Double.NaN, Source.NONE, Double.POSITIVE_INFINITY, 0);

  /** Checks the ranges. */
  public Estimate {
    if (Double.isNaN(value) != (source == Source.NONE)) {
      throw new IllegalArgumentException(value + " from " + source);
    }
    if (!(age >= 0) || !(certainty >= 0 && certainty <= 1)) {
      throw new IllegalArgumentException("age " + age + " s, certainty " + certainty);
    }
  }

  /** Whether there is a value. */
  public boolean known() {
    return source != Source.NONE;
  }

  /** The value, or another if it is unknown. */
  public double orElse(double unknown) {
    return known() ? value : unknown;
  }

  /** The value; empty if it is unknown. */
  public OptionalDouble get() {
    return known() ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
