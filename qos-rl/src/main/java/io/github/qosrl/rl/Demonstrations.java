package io.github.qosrl.rl;

import io.github.qosrl.core.QosException;

/** Recorded decisions to learn from before, or instead of, own experience. */
@FunctionalInterface
public interface Demonstrations {

  /**
   * Hands everything to {@link DqnLearner#demonstrate}.
   *
   * @throws QosException if the recording cannot be read
   * @throws InterruptedException if the thread was interrupted
   */
  void feed(DqnLearner learner) throws QosException, InterruptedException;
}
