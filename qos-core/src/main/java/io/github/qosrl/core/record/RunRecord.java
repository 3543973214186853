package io.github.qosrl.core.record;

import io.github.qosrl.core.Observation;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.Tick;

/** One line of a {@link JsonLinesRunLog}. */
public sealed interface RunRecord {

  /**
   * A loop started.
   *
   * @param first what was seen before the first action
   */
  record Start(Observation first) implements RunRecord {}

  /**
   * A tick passed.
   *
   * @param tick all of it
   */
  record Turn(Tick tick) implements RunRecord {}

  /**
   * Something happened.
   *
   * @param event what
   */
  record Event(LoopEvent event) implements RunRecord {}

  /**
   * A loop ended.
   *
   * @param cause what ended it; empty if it was asked to stop or came to its end
   */
  record Stop(String cause) implements RunRecord {}
}
