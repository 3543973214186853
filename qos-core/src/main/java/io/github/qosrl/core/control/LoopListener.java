package io.github.qosrl.core.control;

import io.github.qosrl.core.Observation;
import java.util.Optional;

/**
 * Watches a control loop: logs, metrics, dashboards.
 *
 * <p>Called on the loop's thread, in the order of registration; be quick. An exception from a
 * listener is logged and does not stop the loop.
 */
public interface LoopListener {

  /** The loop has started; this is what is seen before the first action. */
  default void onStart(Observation first) {}

  /** One tick has passed. */
  default void onTick(Tick tick) {}

  /** Something worth telling happened. */
  default void onEvent(LoopEvent event) {}

  /**
   * The loop has ended and the link is restored.
   *
   * @param cause what ended it; empty if it was asked to stop or the episode ended
   */
  default void onStop(Optional<Throwable> cause) {}
}
