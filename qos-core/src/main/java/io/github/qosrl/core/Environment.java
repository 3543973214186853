package io.github.qosrl.core;

/**
 * A link to act on, live or simulated: Gymnasium's contract in the language of links.
 *
 * <p>Not thread-safe: one thread drives it. {@link #close} may come from any thread.
 */
public interface Environment extends AutoCloseable {

  /**
   * Starts an episode.
   *
   * @param seed fixes everything random in the episode. A live link has nothing to seed and ignores
   *     it.
   * @return what is seen before the first action
   * @throws QosException if the environment cannot start
   * @throws InterruptedException if the thread was interrupted
   */
  Observation reset(long seed) throws QosException, InterruptedException;

  /**
   * Puts an action in force, and lets one tick pass.
   *
   * @throws QosException if the action could not be put in force
   * @throws IllegalStateException before the first {@link #reset}, after the end of an episode, or
   *     after {@link #close}
   * @throws InterruptedException if the thread was interrupted
   */
  Step step(ShapingPlan action) throws QosException, InterruptedException;

  /**
   * Ends it and restores the link. Repeated calls do nothing.
   *
   * @throws QosException if the link could not be restored
   */
  @Override
  void close() throws QosException;
}
