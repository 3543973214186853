package io.github.qosrl.core.policy;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import java.util.Map;

/**
 * The finite set of actions that a network chooses from, for one direction.
 *
 * <p>An action set may keep the history of an episode ("just under what arrived while the link was
 * congested"): it learns it from the observations that {@link #apply} is given, at least one a
 * tick. {@link #reset} forgets it; {@link #fresh} gives another agent a set of its own. Not
 * thread-safe, unless an implementation says that it is.
 */
public interface ActionSet {

  /** The name that a policy file knows it by. */
  String id();

  /** What it takes, beside the id, to build an equal set: text by key, for the policy file. */
  Map<String, String> parameters();

  /** The number of actions. */
  int size();

  /** A short name for an action, for logs: {@code high}, {@code x0.9}. */
  String label(int action);

  /**
   * The limit that an action stands for.
   *
   * @param action 0 to {@code size() - 1}
   * @param observation what is seen now; its plan is the one that a relative action starts from
   * @param direction the direction to limit
   */
  BitRate apply(int action, Observation observation, Direction direction);

  /**
   * The action whose limit is nearest to the given one, as a ratio: for a plan that a safety
   * envelope changed, or that another agent chose.
   */
  default int nearest(BitRate limit, Observation observation, Direction direction) {
    int nearest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (int action = 0; action < size(); action++) {
      double rate = apply(action, observation, direction).bitsPerSecond();
      double distance = Math.abs(Math.log(rate / limit.bitsPerSecond()));
      if (distance < smallest) {
        smallest = distance;
        nearest = action;
      }
    }
    return nearest;
  }

  /** Forgets the episode's history. */
  default void reset() {}

  /** An equal set with no history: itself, if it keeps none. */
  default ActionSet fresh() {
    return this;
  }

  /**
   * A {@linkplain #fresh fresh} set for use beside an encoder, with which it may share what both
   * would work out from the same observations. Whoever asks for it shows every observation to the
   * encoder first, and resets both together.
   */
  default ActionSet freshBeside(FeatureEncoder encoder) {
    return fresh();
  }
}
