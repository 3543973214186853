package io.github.qosrl.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The metrics of one time window. A metric that could not be measured is absent, never 0.
 *
 * <p>Immutable and thread-safe. Look-ups scan a short array; a window holds tens of metrics, not
 * thousands.
 */
public final class Measurement {
  private final Instant from;
  private final Instant to;
  private final Metric[] metrics;

  /** By metric; NaN if it could not be measured. */
  private final double[] values;

  private final int size;
  private final long hashes;
  private final List<DelaySample> delays;

  private Measurement(
      Instant from,
      Instant to,
      Metric[] metrics,
      double[] values,
      int size,
      long hashes,
      List<DelaySample> delays) {
    this.from = from;
    this.to = to;
    this.metrics = metrics;
    this.values = values;
    this.size = size;
    this.hashes = hashes;
    this.delays = delays;
  }

  /** A window in which nothing could be measured. */
  public static Measurement empty(Instant from, Instant to) {
    return builder(from, to).build();
  }

  /**
   * Starts a measurement of the window {@code [from, to]}.
   *
   * @throws IllegalArgumentException if the window ends before it starts
   */
  public static Builder builder(Instant from, Instant to) {
    return new Builder(from, to);
  }

  /** Start of the window. */
  public Instant from() {
    return from;
  }

  /** End of the window: the moment this measurement was current. */
  public Instant to() {
    return to;
  }

  /** Length of the window. */
  public Duration length() {
    return Duration.between(from, to);
  }

  /** The value of a metric, in its unit; empty if it could not be measured. */
  public OptionalDouble get(Metric metric) {
    double value = orElse(metric, Double.NaN);
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The value of a metric, or the given value if it could not be measured. */
  public double orElse(Metric metric, double absent) {
    int i = indexOf(metric);
    return i < 0 || Double.isNaN(values[i]) ? absent : values[i];
  }

  /** Whether the metric was measured. */
  public boolean has(Metric metric) {
    int i = indexOf(metric);
    return i >= 0 && !Double.isNaN(values[i]);
  }

  /** The metrics that were measured, in the order in which they were added. */
  public Set<Metric> metrics() {
    return asMap().keySet();
  }

  /** All values by metric, unmodifiable, in the order in which they were added. */
  public Map<Metric, Double> asMap() {
    Map<Metric, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      if (!Double.isNaN(values[i])) {
        map.put(metrics[i], values[i]);
      }
    }
    return Collections.unmodifiableMap(map);
  }

  /** The single replies that arrived in the window, oldest first; empty if none are known. */
  public List<DelaySample> delays() {
    return delays;
  }

  /** The same window without its single replies. */
  public Measurement withoutDelays() {
    return delays.isEmpty()
        ? this
        : new Measurement(from, to, metrics, values, size, hashes, List.of());
  }

  private int indexOf(Metric metric) {
    if ((hashes & bit(metric)) == 0) {
      return -1;
    }
    for (int i = 0; i < size; i++) {
      if (metrics[i] == metric) {
        return i;
      }
    }
    return find(metric, metrics, size);
  }

  /** Hashes first: the metrics of many targets differ only at the end of their texts. */
  private static int find(Metric metric, Metric[] metrics, int size) {
    int hash = metric.hashCode();
    for (int i = 0; i < size; i++) {
      if (metrics[i].hashCode() == hash && metrics[i].equals(metric)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * One of 64 bits for each metric, so that most that are not in a window need not be looked for:
   * the upper bits of a product with 2^32 / φ, since the lower bits of the hashes are much alike.
   */
  private static long bit(Metric metric) {
    return 1L << (metric.hashCode() * 0x9E3779B9 >>> 26);
  }

  private static void requireOrder(Instant from, Instant to) {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("window ends at " + to + ", before it starts: " + from);
    }
  }

  private static void requireInRange(Metric metric, double value) {
    boolean inRange =
        metric.unit() == Metric.Unit.RATIO ? value >= 0 && value <= 1 : Double.isFinite(value);
    if (!inRange) {
      throw new IllegalArgumentException(metric + " = " + value + " is not a possible value");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Measurement m
        && from.equals(m.from)
        && to.equals(m.to)
        && asMap().equals(m.asMap())
        && delays.equals(m.delays);
  }

  @Override
  public int hashCode() {
    return 31 * from.hashCode() + to.hashCode();
  }

  @Override
  public String toString() {
    return "Measurement[" + from + " + " + length() + ", " + asMap() + "]";
  }

  /**
   * The metrics of a probe that measures the same ones in each window: a window then costs no more
   * than its values. Immutable and thread-safe.
   */
  public static final class Layout {
    private final Metric[] metrics;
    private final double[] least;
    private final double[] most;
    private final long hashes;

    /**
     * A layout of these metrics, in this order.
     *
     * @throws IllegalArgumentException if a metric is there twice
     */
    public Layout(List<Metric> metrics) {
      this.metrics = metrics.toArray(new Metric[0]);
      least = new double[this.metrics.length];
      most = new double[this.metrics.length];
      long bits = 0;
      for (int i = 0; i < this.metrics.length; i++) {
        if (find(this.metrics[i], this.metrics, i) >= 0) {
          throw new IllegalArgumentException(this.metrics[i] + " is there twice");
        }
        bits |= bit(this.metrics[i]);
        boolean ratio = this.metrics[i].unit() == Metric.Unit.RATIO;
        least[i] = ratio ? 0 : -Double.MAX_VALUE;
        most[i] = ratio ? 1 : Double.MAX_VALUE;
      }
      hashes = bits;
    }

    /** How many metrics there are. */
    public int size() {
      return metrics.length;
    }

    /**
     * The measurement of the window {@code [from, to]}.
     *
     * @param values by metric, NaN for one that could not be measured; taken over, not copied
     * @throws IllegalArgumentException if the window ends before it starts, there are more or fewer
     *     values than metrics, or one is infinite or a ratio outside 0..1
     */
    public Measurement of(Instant from, Instant to, double[] values) {
      return of(from, to, values, List.of());
    }

    /**
     * The same with the single replies of the window, oldest first.
     *
     * @throws IllegalArgumentException as the other
     */
    public Measurement of(Instant from, Instant to, double[] values, List<DelaySample> delays) {
      if (values.length != metrics.length) {
        throw new IllegalArgumentException(values.length + " values of " + metrics.length);
      }
      requireOrder(from, to);
      for (int i = 0; i < values.length; i++) {
        if (values[i] < least[i] || values[i] > most[i]) {
          requireInRange(metrics[i], values[i]);
        }
      }
      return new Measurement(from, to, metrics, values, values.length, hashes, List.copyOf(delays));
    }
  }

  /** Collects the metrics of one window. Not thread-safe; good for one {@link #build()}. */
  public static final class Builder {
    private final Instant from;
    private final Instant to;
    private Metric[] metrics = new Metric[16];
    private double[] values = new double[16];
    private int size;

    private long hashes;

    private List<DelaySample> delays = List.of();

    private Builder(Instant from, Instant to) {
      requireOrder(from, to);
      this.from = from;
      this.to = to;
    }

    /**
     * Adds a metric.
     *
     * @throws IllegalArgumentException if the value is not finite, is a ratio outside 0..1, or the
     *     metric was added before
     */
    public Builder put(Metric metric, double value) {
      requireInRange(metric, value);
      long bit = bit(metric);
      if ((hashes & bit) != 0 && find(metric, metrics, size) >= 0) {
        throw new IllegalArgumentException(metric + " was added twice");
      }
      hashes |= bit;
      if (size == metrics.length) {
        metrics = Arrays.copyOf(metrics, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      metrics[size] = metric;
      values[size++] = value;
      return this;
    }

    /** Adds a metric if it could be measured. */
    public Builder put(Metric metric, OptionalDouble value) {
      return value.isPresent() ? put(metric, value.getAsDouble()) : this;
    }

    /** Sets the single replies of the window, oldest first. */
    public Builder delays(List<DelaySample> samples) {
      this.delays = List.copyOf(samples);
      return this;
    }

    /** The measurement. It takes the arrays over: nothing below the size is written again. */
    public Measurement build() {
      return new Measurement(from, to, metrics, values, size, hashes, delays);
    }
  }
}
