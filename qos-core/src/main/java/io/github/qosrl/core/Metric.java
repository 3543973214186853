package io.github.qosrl.core;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A named quantity in SI base units. The set is open: probes of third parties add their own; {@link
 * Metrics} holds the ones that the library itself uses.
 *
 * <p>A metric may be scoped: to a direction, to one target of a probe, to one traffic class. The
 * unscoped metric speaks of the whole link. Text form: {@code rtt.mean} or {@code
 * rtt.mean[192.0.2.1]}. Immutable and thread-safe.
 */
public final class Metric {

  /** The unit of a metric's values, and with it their range. */
  public enum Unit {
    /** Time in seconds. */
    SECONDS,
    /** Variance of a time, in seconds squared. */
    SECONDS_SQUARED,
    /** Bits per second. */
    BITS_PER_SECOND,
    /** A part of a whole, 0 to 1. */
    RATIO,
    /** Bytes. */
    BYTES,
    /** Packets. */
    PACKETS,
    /** Events per second. */
    PER_SECOND,
    /** A count of anything else. */
    COUNT
  }

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z0-9_-]+)*");

  private final String name;
  private final Unit unit;
  private final String scope;

  /** Kept, since measurements look metrics up some fifty times a tick; a record could not. */
  private final int hash;

  /**
   * A metric of a part of the link.
   *
   * @param name lower-case words separated by dots, for example {@code rtt.mean}
   * @param unit the unit of every value of this metric
   * @param scope what part of the link it speaks of; empty for the whole link; no square brackets
   * @throws IllegalArgumentException if the name or the scope is malformed
   */
  public Metric(String name, Unit unit, String scope) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a metric name: lower-case words separated by dots");
    }
    if (scope.indexOf('[') >= 0 || scope.indexOf(']') >= 0) {
      throw new IllegalArgumentException("scope '" + scope + "' has a square bracket");
    }
    this.name = name;
    this.unit = unit;
    this.scope = scope;
    hash = 31 * name.hashCode() + scope.hashCode();
  }

  /** A metric of the whole link. */
  public static Metric of(String name, Unit unit) {
    return new Metric(name, unit, "");
  }

  /** The same quantity in one direction. */
  public Metric in(Direction direction) {
    return in(direction.label());
  }

  /** The same quantity within one scope: a target, a traffic class, an interface. */
  public Metric in(String newScope) {
    return new Metric(name, unit, newScope);
  }

  /** Lower-case words separated by dots. */
  public String name() {
    return name;
  }

  /** The unit of every value of this metric. */
  public Unit unit() {
    return unit;
  }

  /** What part of the link it speaks of; empty for the whole link. */
  public String scope() {
    return scope;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Metric that
        && name.equals(that.name)
        && unit == that.unit
        && scope.equals(that.scope);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return scope.isEmpty() ? name : name + "[" + scope + "]";
  }
}
