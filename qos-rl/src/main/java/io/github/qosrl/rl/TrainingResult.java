package io.github.qosrl.rl;

import io.github.qosrl.core.policy.MlpPolicy;
import java.util.Optional;

/**
 * What a training run left.
 *
 * @param network the network of the best evaluation; the last one if none was made
 * @param best the best evaluation; empty if none was made
 * @param steps steps taken
 * @param episodes episodes ended
 * @param reason why it ended
 */
public record TrainingResult(
    MlpPolicy network, Optional<Evaluation> best, long steps, long episodes, Reason reason) {

  /** Why a run ended. */
  public enum Reason {
    /** All its steps are taken. */
    STEPS,
    /** All its episodes are played. */
    EPISODES,
    /** An evaluation reached the return to stop at. */
    SOLVED,
    /** So many evaluations in a row were no better than the best one. */
    NO_IMPROVEMENT,
    /** It was asked to stop. */
    STOPPED
  }
}
