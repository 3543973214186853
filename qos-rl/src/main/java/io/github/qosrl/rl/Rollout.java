package io.github.qosrl.rl;

import io.github.qosrl.core.QosException;

/** Plays episodes of a {@link Task}, one after the other. Not thread-safe. */
public interface Rollout extends AutoCloseable {

  /**
   * Starts an episode.
   *
   * @param seed fixes everything random in it
   * @throws QosException if it cannot start
   * @throws InterruptedException if the thread was interrupted
   */
  void reset(long seed) throws QosException, InterruptedException;

  /** What a stream sees now. The array stays as it is for one more step, not longer. */
  float[] observation(int stream);

  /**
   * Takes one action per stream, and lets one step pass.
   *
   * @throws QosException if the actions could not be taken
   * @throws InterruptedException if the thread was interrupted
   */
  void step(int[] actions) throws QosException, InterruptedException;

  /** What the last step brought a stream. */
  double reward(int stream);

  /** What the last step counts towards the return of the episode. */
  double score();

  /** Whether the episode reached an end of its own. */
  boolean terminated();

  /** Whether the episode was cut off from outside. */
  boolean truncated();

  @Override
  void close() throws QosException;
}
