package io.github.qosrl.core.policy;

import static io.github.qosrl.core.policy.MultiplierActions.array;
import static io.github.qosrl.core.policy.MultiplierActions.checked;
import static io.github.qosrl.core.policy.MultiplierActions.plain;
import static io.github.qosrl.core.policy.MultiplierActions.text;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link MultiplierActions}, and besides them fractions of what the bottleneck was last seen to
 * serve while it was congested: "just under the capacity that was measured". One such action lands
 * where several multipliers would only arrive later.
 *
 * <p>Before the first congestion those actions start from the present limit. They never raise a
 * limit above 1.25 times the present one. No action raises a limit of which less than half was used
 * in the last seconds, since an unused limit tells nothing of the link; and none falls below 100
 * kbit/s. Keeps the history of an episode; not thread-safe.
 */
public final class TrackingActions implements ActionSet {

  /** The name that a policy file knows it by. */
  public static final String ID = "tracking";

  static final List<Double> DEFAULT_FACTORS = List.of(0.8, 0.93, 1.0, 1.03, 1.08, 1.2);
  static final List<Double> DEFAULT_FRACTIONS = List.of(0.5, 0.7, 0.85, 0.95);
  private static final double LARGEST_RISE = 1.25;
  private static final double LEAST_USED = 0.5;
  private static final double LEAST_RATE = 100e3;

  private final double[] factors;
  private final double[] fractions;
  private final LinkSignals signals = new LinkSignals();

  /** Six factors of the present limit, four fractions of the measured capacity. */
  public TrackingActions() {
    this(array(DEFAULT_FACTORS), array(DEFAULT_FRACTIONS));
  }

  /**
   * Factors and fractions of one's own.
   *
   * @param factors of the present limit: 2 to 64 of them, rising, each from 0.01 to 100
   * @param fractions of the capacity measured while congested: the same
   * @throws IllegalArgumentException if they are not
   */
  public TrackingActions(double[] factors, double[] fractions) {
    this.factors = checked(factors);
    this.fractions = checked(fractions);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("factors", text(factors));
    parameters.put("fractions", text(fractions));
    return parameters;
  }

  @Override
  public int size() {
    return factors.length + fractions.length;
  }

  @Override
  public String label(int action) {
    return action < factors.length
        ? "x" + plain(factors[action])
        : plain(fractions[action - factors.length]) + "C";
  }

  @Override
  public BitRate apply(int action, Observation observation, Direction direction) {
    signals.update(observation);
    DirectionSignals d = signals.of(direction);
    double rate = Math.max(LEAST_RATE, wanted(action, d));
    boolean unused = d.peak < LEAST_USED * d.rate;
    return BitRate.ofBitsPerSecond(unused ? Math.min(rate, d.rate) : rate);
  }

  private double wanted(int action, DirectionSignals d) {
    if (action < factors.length) {
      return d.rate * factors[action];
    }
    double measured = Double.isNaN(d.congestedArrivals) ? d.rate : d.congestedArrivals;
    return Math.min(measured * fractions[action - factors.length], d.rate * LARGEST_RISE);
  }

  @Override
  public void reset() {
    signals.reset();
  }

  @Override
  public ActionSet fresh() {
    return new TrackingActions(factors, fractions);
  }
}
