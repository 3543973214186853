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
 * The limit that the heuristic {@code receive-rate} would set, times a factor; and the present
 * limit times a factor. A network that always takes the proposal as it is does what the heuristic
 * does; what is left to learn is where to do better (residual policy learning, Silver et al. 2018).
 *
 * <p>No action raises a limit of which less than half was used in the last seconds, since an unused
 * limit tells nothing of the link; and none falls below 100 kbit/s. Keeps the history of an
 * episode; not thread-safe.
 */
public final class GuidedActions implements ActionSet {

  /** The name that a policy file knows it by. */
  public static final String ID = "guided";

  static final List<Double> DEFAULT_PROPOSALS = List.of(0.75, 0.88, 0.96, 1.0, 1.06, 1.15);
  static final List<Double> DEFAULT_FACTORS = List.of(0.8, 0.93, 1.0, 1.04, 1.1);
  private static final double LEAST_USED = 0.5;
  private static final double LEAST_RATE = 100e3;

  private final double[] proposals;
  private final double[] factors;
  private final LinkSignals signals = new LinkSignals();
  private final Guide guide = new Guide();

  /** Six factors of the proposal, five of the present limit. */
  public GuidedActions() {
    this(array(DEFAULT_PROPOSALS), array(DEFAULT_FACTORS));
  }

  /**
   * Factors of one's own.
   *
   * @param proposals of the heuristic's proposal: 2 to 64 of them, rising, each from 0.01 to 100
   * @param factors of the present limit: the same
   * @throws IllegalArgumentException if they are not
   */
  public GuidedActions(double[] proposals, double[] factors) {
    this.proposals = checked(proposals);
    this.factors = checked(factors);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("proposals", text(proposals));
    parameters.put("factors", text(factors));
    return parameters;
  }

  @Override
  public int size() {
    return proposals.length + factors.length;
  }

  @Override
  public String label(int action) {
    return action < proposals.length
        ? plain(proposals[action]) + "P"
        : "x" + plain(factors[action - proposals.length]);
  }

  @Override
  public BitRate apply(int action, Observation observation, Direction direction) {
    signals.update(observation);
    guide.update(observation);
    DirectionSignals d = signals.of(direction);
    double wanted =
        action < proposals.length
            ? guide.rate(direction, d.rate) * proposals[action]
            : d.rate * factors[action - proposals.length];
    double rate = Math.max(LEAST_RATE, wanted);
    boolean unused = d.peak < LEAST_USED * d.rate;
    return BitRate.ofBitsPerSecond(unused ? Math.min(rate, d.rate) : rate);
  }

  @Override
  public void reset() {
    signals.reset();
    guide.reset();
  }

  @Override
  public ActionSet fresh() {
    return new GuidedActions(proposals, factors);
  }
}
