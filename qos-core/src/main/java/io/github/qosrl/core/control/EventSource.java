package io.github.qosrl.core.control;

import java.util.function.Consumer;

/**
 * An environment, or a shaper, that has news of its own: a probe that failed, a link that vanished,
 * a late tick. A {@link ControlLoop} passes them on to its listeners.
 */
public interface EventSource {

  /**
   * Sends every event from now on to the sink, instead of an earlier one. Set before the first
   * {@code reset}; called on the thread that drives the environment.
   */
  void events(Consumer<LoopEvent> sink);
}
