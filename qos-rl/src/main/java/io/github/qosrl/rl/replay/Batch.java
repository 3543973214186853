package io.github.qosrl.rl.replay;

/**
 * A minibatch in preallocated arrays, filled anew by each {@link ReplayBuffer#sample}. Not
 * thread-safe.
 */
public final class Batch {

  /** Number of transitions. */
  public final int size;

  /** Observations s, one row after the other, and after all of them the next observations s′. */
  public final float[] observations;

  /** Actions a. */
  public final int[] actions;

  /** Rewards, discounted and summed over n steps. */
  public final float[] rewards;

  /** What the value of s′ counts: γⁿ, or 0 where s′ is terminal. */
  public final float[] bootstraps;

  /** Importance weights of the loss; 1 where sampling is uniform. */
  public final float[] weights;

  /** Whether a transition is a demonstration, to which no exploration belongs. */
  public final boolean[] demonstrations;

  /** Where the transitions lie in the replay buffer. */
  public final int[] slots;

  /**
   * @param size transitions in the batch
   * @param observationSize numbers in an observation
   */
  public Batch(int size, int observationSize) {
    this.size = size;
    observations = new float[2 * size * observationSize];
    actions = new int[size];
    rewards = new float[size];
    bootstraps = new float[size];
    weights = new float[size];
    demonstrations = new boolean[size];
    slots = new int[size];
  }
}
