package io.github.qosrl.core.policy;

import static io.github.qosrl.core.policy.MultiplierActions.array;
import static io.github.qosrl.core.policy.MultiplierActions.checked;
import static io.github.qosrl.core.policy.MultiplierActions.plain;
import static io.github.qosrl.core.policy.MultiplierActions.text;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import java.util.List;
import java.util.Map;

/**
 * The limit that the heuristic {@code receive-rate} would set, times a factor.
 *
 * <p>A network that always takes the proposal as it is does what the heuristic does; what is left
 * to learn is where to do better (residual policy learning, Silver et al. 2018). The factors of
 * successive ticks do not multiply, since the heuristic goes on from its own proposals: a network
 * that errs loses no more than its factors are wide. With senders that do not {@linkplain
 * ReceiveRateAgent#unheeded heed drops} the proposal stands as it is: the simulated link does not
 * predict what they make of a kernel's. No action falls below 100 kbit/s. Keeps the history of an
 * episode; not thread-safe.
 */
public final class GuidedActions implements ActionSet {

  /** The name that a policy file knows it by. */
  public static final String ID = "guided";

  static final List<Double> DEFAULT_FACTORS =
      List.of(0.8, 0.88, 0.93, 0.97, 1.0, 1.03, 1.06, 1.1, 1.15);
  private static final double LEAST_RATE = 100e3;

  private final double[] factors;
  private final Guide guide;

  /** Nine factors from 0.8 to 1.15. */
  public GuidedActions() {
    this(array(DEFAULT_FACTORS));
  }

  /**
   * Factors of one's own.
   *
   * @param factors of the heuristic's proposal: 2 to 64 of them, rising, each from 0.01 to 100;
   *     outside 0.7 to 1.3 the heuristic goes on from the limit that they lead to
   * @throws IllegalArgumentException if they are not
   */
  public GuidedActions(double[] factors) {
    this(checked(factors), new Guide());
  }

  private GuidedActions(double[] factors, Guide guide) {
    this.factors = factors;
    this.guide = guide;
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

  /**
   * The action that takes the heuristic's proposal as it is, or comes nearest to it.
   *
   * @return 0 to {@code size() - 1}
   */
  public int proposal() {
    int nearest = 0;
    for (int i = 1; i < factors.length; i++) {
      if (Math.abs(Math.log(factors[i])) < Math.abs(Math.log(factors[nearest]))) {
        nearest = i;
      }
    }
    return nearest;
  }

  @Override
  public String label(int action) {
    return plain(factors[action]) + "P";
  }

  @Override
  public BitRate apply(int action, Observation observation, Direction direction) {
    guide.update(observation);
    double present = observation.plan().rate(direction, LEAST_RATE);
    double say = 1 - guide.unheeded(direction);
    double rate = guide.rate(direction, present) * Math.pow(factors[action], say);
    return BitRate.ofBitsPerSecond(Math.max(LEAST_RATE, rate));
  }

  @Override
  public void reset() {
    guide.reset();
  }

  @Override
  public ActionSet fresh() {
    return new GuidedActions(factors);
  }

  /** Shares the heuristic with {@link GuidedFeatures}, which runs it already. */
  @Override
  public ActionSet freshBeside(FeatureEncoder encoder) {
    return encoder instanceof GuidedFeatures guided
        ? new GuidedActions(factors, guided.guide())
        : fresh();
  }
}
