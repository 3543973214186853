package io.github.qosrl.rl;

/**
 * A Markov decision process with a vector of numbers to observe and a few actions to choose from:
 * Gymnasium's contract, for tasks that are not links. Not thread-safe.
 */
public interface Mdp extends AutoCloseable {

  /** Numbers in an observation. */
  int observationSize();

  /** Number of actions. */
  int actions();

  /**
   * Starts an episode.
   *
   * @param seed fixes everything random in it
   * @return what is seen first; a fresh array
   */
  float[] reset(long seed);

  /**
   * Takes an action.
   *
   * @param action 0 to {@code actions() - 1}
   */
  Outcome step(int action);

  /** Frees what it holds. */
  @Override
  default void close() {}

  /**
   * What came of an action.
   *
   * @param observation what is seen now; a fresh array
   * @param reward how good that was
   * @param terminated the episode reached an end of its own: no reward follows
   * @param truncated the episode was cut off from outside: reward would follow
   */
  @SuppressWarnings("ArrayRecordComponent") // Observations are vectors here, and compared nowhere.
  record Outcome(float[] observation, double reward, boolean terminated, boolean truncated) {}
}
