package io.github.qosrl.rl;

import java.util.function.Supplier;

/**
 * Something to learn: where episodes come from, and the size of what is seen and done in them.
 *
 * <p>A task may have several streams: decisions that are taken at the same moment by the same
 * network on different observations, such as those for the two directions of a link.
 */
public interface Task {

  /** Numbers in an observation. */
  int observationSize();

  /** Number of actions. */
  int actions();

  /** Decisions per step. */
  default int streams() {
    return 1;
  }

  /** Opens a place to play episodes in, independent of all others. */
  Rollout open();

  /** Opens a place to play evaluation episodes in. */
  default Rollout openEvaluation() {
    return open();
  }

  /** The task of a Markov decision process. */
  static Task of(Supplier<? extends Mdp> processes) {
    return new MdpTask(processes);
  }
}
