package io.github.qosrl.examples.train;

import io.github.qosrl.core.reward.UtilityReward;
import io.github.qosrl.rl.DemonstrationLoss;
import io.github.qosrl.rl.DqnConfig;
import io.github.qosrl.rl.LinkRecipe;
import io.github.qosrl.rl.LinkTask;
import io.github.qosrl.rl.PretrainedRecipe;
import io.github.qosrl.rl.Trainer;
import java.nio.file.Path;
import java.util.List;

/**
 * Learning from the logs of other agents' runs: to begin with, or alone.
 *
 * <p>What to do is relative to what the heuristic {@code receive-rate} would do, so that a policy
 * that has learned little is still a sound one; and what is good is told by what a live link shows,
 * since a log has nothing else.
 *
 * @param logs run logs, JSON Lines
 * @param offline whether to learn from them alone
 */
public record RecordedRuns(List<Path> logs, boolean offline) {
  private static final int GRADIENT_STEPS = 10_000;
  private static final int ENVIRONMENTS = 8;

  /** The task. */
  public LinkTask task() {
    return PretrainedRecipe.task().withReward(UtilityReward.standard());
  }

  /**
   * A trainer that is ready to run.
   *
   * @param steps ticks of training in simulated links that follow, if any do
   * @param seed fixes the run
   */
  public Trainer.Builder trainer(long steps, long seed) {
    LinkTask task = task();
    // Recordings show nothing of what they did not try: alone, they need the penalty for it too.
    // Weighted 1 instead of 5, policies threw a quarter of an LTE link away.
    DemonstrationLoss loss =
        offline ? new DemonstrationLoss(5, 0.8, 5) : DemonstrationLoss.margin(1);
    DqnConfig config =
        LinkRecipe.config(offline ? GRADIENT_STEPS : steps, seed).toBuilder()
            .demonstrations(loss)
            .build();
    Trainer.Builder trainer =
        Trainer.builder(task, config).demonstrations(task.recorded(logs), GRADIENT_STEPS);
    return offline
        ? trainer.steps(0)
        : trainer.steps(steps).environments(ENVIRONMENTS).evaluateEvery(Math.max(1000, steps / 30));
  }
}
