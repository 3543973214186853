package io.github.qosrl.examples.embed;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.policy.LinkFeatures;
import io.github.qosrl.core.policy.MultiplierActions;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.core.sim.ScenarioSet;
import io.github.qosrl.core.sim.SimulatedLink;
import io.github.qosrl.rl.DqnConfig;
import io.github.qosrl.rl.LinkTask;
import io.github.qosrl.rl.Trainer;
import io.github.qosrl.rl.TrainingResult;
import java.nio.file.Path;
import java.util.Map;

/** A reward of one's own, and a policy trained for it: delay is everything, throughput a bonus. */
public final class OwnReward implements Reward {

  @Override
  public double of(Direction direction, Observation before, ShapingPlan action, Observation after) {
    double megabits = after.orElse(Metrics.throughput(direction), 0) / 1e6;
    double inflationMillis = 1e3 * after.orElse(Metrics.DELAY_INFLATION, 0);
    return Math.log1p(megabits) - 0.1 * inflationMillis;
  }

  /** Trains for some steps, {@code OwnReward STEPS FILE}, and writes the policy. */
  public static void main(String[] args) throws Exception {
    LinkTask task =
        LinkTask.of(
                () -> new SimulatedLink(ScenarioSet.TRAINING::draw),
                new LinkFeatures(),
                new MultiplierActions())
            .withReward(new OwnReward());
    TrainingResult result =
        Trainer.builder(task, DqnConfig.defaults()).steps(Long.parseLong(args[0])).build().run();
    PolicyFile.write(
        Path.of(args[1]), task.policy(result.network(), Map.of("reward", "OwnReward")));
  }
}
