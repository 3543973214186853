package io.github.qosrl.rl;

/** Watches a training run: logs, progress bars. Called on the trainer's thread. */
public interface TrainingListener {

  /** An episode has ended. */
  default void onEpisode(Episode episode) {}

  /** A report, at regular steps and at the end. */
  default void onProgress(TrainingProgress progress) {}

  /** The network was evaluated. */
  default void onEvaluation(Evaluation evaluation) {}

  /** The run has ended. */
  default void onEnd(TrainingResult result) {}

  /**
   * An episode that has ended.
   *
   * @param number counts from 0
   * @param step steps of training at its end
   * @param length its steps
   * @param totalReward sum of its rewards
   */
  record Episode(long number, long step, long length, double totalReward) {}
}
