package io.github.qosrl.core;

/**
 * Enforces a plan on a link.
 *
 * <p>A shaper owns only what it added: {@link #close} puts the link back as it was found. Calls
 * come from one thread at a time, except {@link #close}, which may come from any thread.
 */
public interface Shaper extends AutoCloseable {

  /**
   * Puts a plan in force. Queues and counters survive a change of rate. Applying the plan in force
   * again costs nothing.
   *
   * @throws ShaperException if the plan could not be put in force as a whole; {@link #current} then
   *     tells what is, as far as it is known
   * @throws InterruptedException if the thread was interrupted
   */
  void apply(ShapingPlan plan) throws ShaperException, InterruptedException;

  /** The plan in force; {@link ShapingPlan#UNLIMITED} before the first and after close. */
  ShapingPlan current();

  /**
   * Removes what this shaper added and restores what it replaced. Repeated calls do nothing.
   *
   * @throws ShaperException if the link could not be restored; the message names what is left
   */
  @Override
  void close() throws ShaperException;
}
