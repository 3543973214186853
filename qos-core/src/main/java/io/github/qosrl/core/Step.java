package io.github.qosrl.core;

/**
 * What an environment answers to an action, as in Gymnasium.
 *
 * @param observation what is seen after the action was in force for one tick
 * @param reward how good that was; finite
 * @param terminated the episode reached an end of its own: no reward follows
 * @param truncated the episode was cut off from outside, by a time limit say: reward would follow
 */
public record Step(Observation observation, double reward, boolean terminated, boolean truncated) {

  /**
   * @throws IllegalArgumentException if the reward is not finite
   */
  public Step {
    if (!Double.isFinite(reward)) {
      throw new IllegalArgumentException("reward " + reward + " is not finite");
    }
  }

  /** Whether the episode is over, for either reason. */
  public boolean done() {
    return terminated || truncated;
  }
}
