package io.github.qosrl.core.policy;

import static io.github.qosrl.core.policy.DirectionSignals.UNKNOWN_RATE;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The present limit times a factor; a factor of 1 holds it. Scale-free: it fits any link.
 *
 * <p>An unlimited direction starts from its present throughput, and from 10 Mbit/s at least.
 * Immutable and thread-safe.
 */
public final class MultiplierActions implements ActionSet {

  /** The name that a policy file knows it by. */
  public static final String ID = "multipliers";

  /** From one half to one and a quarter. */
  static final List<Double> DEFAULT_FACTORS =
      List.of(0.5, 0.7, 0.85, 0.95, 1.0, 1.03, 1.08, 1.15, 1.25);

  private final double[] factors;

  /** Nine factors from 0.5 to 1.25. */
  public MultiplierActions() {
    this(array(DEFAULT_FACTORS));
  }

  /**
   * Factors of one's own.
   *
   * @param factors 2 to 64 of them, rising, each from 0.01 to 100
   * @throws IllegalArgumentException if they are not
   */
  public MultiplierActions(double... factors) {
    this.factors = checked(factors);
  }

  /** A copy of the factors, if they are 2 to 64, rising and within range. */
  static double[] checked(double... factors) {
    boolean good = factors.length >= 2 && factors.length <= 64;
    for (int i = 0; i < factors.length; i++) {
      good &= factors[i] >= 0.01 && factors[i] <= 100 && (i == 0 || factors[i] > factors[i - 1]);
    }
    if (!good) {
      throw new IllegalArgumentException(
          "factors " + text(factors) + "; accepted: 2 to 64 rising numbers from 0.01 to 100");
    }
    return factors.clone();
  }

  static double[] array(List<Double> factors) {
    double[] array = new double[factors.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = factors.get(i);
    }
    return array;
  }

  static String text(double[] factors) {
    return Arrays.stream(factors)
        .mapToObj(MultiplierActions::plain)
        .collect(Collectors.joining(","));
  }

  static String plain(double factor) {
    return factor == Math.rint(factor)
        ? String.format(Locale.ROOT, "%.0f", factor)
        : Double.toString(factor);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("factors", text(factors));
  }

  @Override
  public int size() {
    return factors.length;
  }

  @Override
  public String label(int action) {
    return "x" + plain(factors[action]);
  }

  @Override
  public BitRate apply(int action, Observation observation, Direction direction) {
    double rate =
        observation
            .plan()
            .limit(direction)
            .map(limit -> (double) limit.bitsPerSecond())
            .orElseGet(
                () -> Math.max(UNKNOWN_RATE, observation.orElse(Metrics.throughput(direction), 0)));
    return BitRate.ofBitsPerSecond(rate * factors[action]);
  }
}
