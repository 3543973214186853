package io.github.qosrl.core;

import java.util.Locale;
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

  /** Where a figure of the {@link LinkState} came from, the most direct first. */
  public enum Source {
    /** One-way delay by a clock at the far end. */
    ONE_WAY,
    /** What acknowledgements of the users' data say. */
    ACKNOWLEDGED,
    /** What arrives at the interface. */
    ARRIVALS,
    /** A round trip, less the part of it that the other direction's own figure explains. */
    ROUND_TRIP_REST,
    /** A round trip, charged to this direction by what both directions carry. */
    ATTRIBUTED_ROUND_TRIP,
    /** The round trip as it is: no direction's in particular. */
    ROUND_TRIP,
    /** What we let through, for want of anything nearer. */
    SENT,
    /** Nothing: the figure is unknown. */
    NONE;

    /** As it stands in logs: {@code one-way}, {@code acknowledged}, … */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
