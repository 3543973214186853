package io.github.qosrl.examples.train;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.policy.PolicyAgent;
import io.github.qosrl.rl.AdamConfig;
import io.github.qosrl.rl.DqnConfig;
import io.github.qosrl.rl.LinkRecipe;
import io.github.qosrl.rl.LinkTask;
import io.github.qosrl.rl.Loss;
import io.github.qosrl.rl.Prioritisation;
import io.github.qosrl.rl.Schedule;
import io.github.qosrl.rl.TargetUpdate;
import io.github.qosrl.rl.Trainer;
import io.github.qosrl.rl.TrainingResult;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * What each switch of the learner buys on the link task: the recipe's training with one switch
 * thrown, judged on links that neither the training nor the choice of its best network has seen.
 *
 * @param steps ticks of each training
 * @param seeds trainings of each variant
 */
public record Ablation(long steps, int seeds) {
  private static final int ENVIRONMENTS = 8;
  private static final int EVALUATIONS = 4;
  private static final long[] CHOOSING = LongStream.rangeClosed(1, 16).toArray();
  private static final long[] JUDGING = LongStream.rangeClosed(1001, 1040).toArray();

  /**
   * A way to train.
   *
   * @param name what differs from the recipe
   * @param environments links that feed the learner in turn
   * @param change what is done to the recipe's configuration
   */
  public record Variant(String name, int environments, UnaryOperator<DqnConfig.Builder> change) {
    Variant(String name, UnaryOperator<DqnConfig.Builder> change) {
      this(name, ENVIRONMENTS, change);
    }
  }

  /** The recipe itself, and then with each switch thrown. */
  public List<Variant> variants() {
    return List.of(
        new Variant("the recipe", b -> b),
        new Variant("without Double DQN", b -> b.doubleQ(false)),
        new Variant("1 step instead of 5", b -> b.nStep(1)),
        new Variant("3 steps instead of 5", b -> b.nStep(3)),
        new Variant("dueling heads", b -> b.dueling(true)),
        new Variant(
            "prioritised replay", b -> b.prioritised(Prioritisation.proportional(2 * steps))),
        new Variant("16 quantiles", b -> b.quantiles(16)),
        new Variant("squared loss", b -> b.loss(Loss.MSE)),
        new Variant("no gradient clipping", b -> b.maxGradientNorm(0)),
        new Variant("target copied every 500", b -> b.targetUpdate(TargetUpdate.hard(500))),
        new Variant("learning rate constant", b -> b.learningRate(5e-4)),
        new Variant(
            "ε exponential",
            b -> b.exploration(Schedule.exponential(0.4, 0.01, Math.max(1, steps * 4 / 3)))),
        new Variant("weight decay 0.01", b -> b.adam(new AdamConfig(0.9, 0.999, 1e-8, 0.01))),
        new Variant("1 environment instead of 8", 1, b -> b));
  }

  /** Trains, and judges the best network: the mean reward of its decisions. */
  public double train(Variant variant, long seed) throws QosException, InterruptedException {
    LinkTask task = LinkRecipe.task();
    DqnConfig.Builder config = LinkRecipe.config(steps, seed).toBuilder();
    TrainingResult result =
        Trainer.builder(task, variant.change().apply(config).build())
            .steps(steps)
            .environments(variant.environments())
            .evaluateEvery(Math.max(1, steps / EVALUATIONS))
            .evaluationSeeds(CHOOSING)
            .build()
            .run();
    try (Agent agent = new PolicyAgent(task.policy(result.network(), Map.of()))) {
      return judge(agent);
    }
  }

  /** Mean reward of an agent's decisions on the judging links. */
  public double judge(Agent agent) throws QosException, InterruptedException {
    double sum = 0;
    try (Environment link = LinkRecipe.task().evaluationEnvironments().get()) {
      for (long seed : JUDGING) {
        sum += play(agent, link, seed);
      }
    }
    return sum / JUDGING.length;
  }

  private static double play(Agent agent, Environment link, long seed)
      throws QosException, InterruptedException {
    agent.reset();
    Observation seen = link.reset(seed);
    double sum = 0;
    long ticks = 0;
    Step step;
    do {
      step = link.step(agent.act(seen));
      seen = step.observation();
      sum += step.reward();
      ticks++;
    } while (!step.done());
    return sum / ticks;
  }
}
