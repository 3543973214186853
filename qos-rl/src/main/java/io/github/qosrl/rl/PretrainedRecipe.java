package io.github.qosrl.rl;

import static io.github.qosrl.rl.LinkRecipe.logUniform;
import static io.github.qosrl.rl.LinkRecipe.millis;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import io.github.qosrl.core.policy.GuidedActions;
import io.github.qosrl.core.policy.GuidedFeatures;
import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.core.sim.QueueDiscipline;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioBuilder;
import io.github.qosrl.core.sim.ScenarioSet;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * How the policy that comes with the library, the agent {@code pretrained}, was made: it learns
 * where to do better than the heuristic {@code receive-rate}, on links whose shaper keeps flows
 * apart, and keeps to the heuristic where it cannot be sure to. With seed 1 it makes the very same
 * weights again, on the same kind of machine.
 *
 * <pre>{@code
 * TrainingResult result = PretrainedRecipe.trainer(1).build().run();
 * MlpPolicy network = PretrainedRecipe.finish(result);
 * }</pre>
 */
public final class PretrainedRecipe {
  /** Ticks of training. */
  public static final long STEPS = 250_000;

  /** Ticks of an episode. */
  public static final long EPISODE_TICKS = 400;

  private static final int ENVIRONMENTS = 16;
  private static final int EVALUATIONS = 10;
  private static final long LEAST_BETWEEN_EVALUATIONS = 5_000;
  private static final int EVALUATION_EPISODES = 96;

  /**
   * What the network has to promise itself, to depart from the heuristic; in units of reward.
   * Smaller ones gain more on the validation links, but on few of them, and at some use of ordinary
   * ones.
   */
  private static final List<Double> MARGINS = List.of(0.08, 0.15, 0.3);

  private static final int FIRST_MARGIN_EPISODE = 1_000;
  private static final int MARGIN_EPISODES = 160;
  private static final int LEAST_MARGIN_EPISODES = 8;

  private PretrainedRecipe() {}

  /**
   * The task: both directions served by one network, trained and evaluated on separate links. The
   * reward is what is gained over the heuristic.
   */
  public static LinkTask task() {
    return new LinkTask(
        () -> link(ScenarioSet.TRAINING),
        () -> link(ScenarioSet.VALIDATION),
        new GuidedFeatures(),
        new GuidedActions(),
        EnumSet.allOf(Direction.class),
        Optional.of(TrainingLink.reward()));
  }

  private static TrainingLink link(ScenarioSet set) {
    return TrainingLink.comparedWith(
        new ReceiveRateAgent(), seed -> scenario(set, seed), TrainingLink.Price.SHORT_QUEUES);
  }

  /**
   * A trainer that is ready to run; add listeners or a checkpoint of one's own.
   *
   * @param seed fixes the run; 1 for the policy that comes with the library
   */
  public static Trainer.Builder trainer(long seed) {
    return trainer(STEPS, seed);
  }

  /**
   * The same for a training of another length.
   *
   * @param steps ticks of training, over which the schedules run
   * @param seed fixes the run
   */
  public static Trainer.Builder trainer(long steps, long seed) {
    return Trainer.builder(task(), config(steps, seed))
        .steps(steps)
        .environments(ENVIRONMENTS)
        .evaluateEvery(Math.max(LEAST_BETWEEN_EVALUATIONS, steps / EVALUATIONS))
        .evaluationSeeds(LongStream.rangeClosed(1, EVALUATION_EPISODES).toArray());
  }

  /**
   * The switches: dueling, since most actions are about equally good most of the time; quantiles,
   * since the same action may end well or in a queue; and a short horizon, since the heuristic sees
   * to what comes later.
   */
  private static DqnConfig config(long steps, long seed) {
    return LinkRecipe.config(steps, seed).toBuilder()
        .dueling(true)
        .quantiles(8)
        .nStep(3)
        .discount(0.9)
        .replayCapacity(400_000)
        .learningRate(Schedule.linear(3e-4, 2e-5, steps))
        .exploration(Schedule.linear(0.3, 0.02, Math.max(1, 2 * steps * 3 / 5)))
        .build();
  }

  /**
   * The trained network with the margin in favour of the heuristic that does best on links of the
   * validation set that the evaluations do not use: on fewer of them after a shorter training.
   *
   * @throws QosException if a link fails
   * @throws InterruptedException if the thread was interrupted
   */
  public static MlpPolicy finish(TrainingResult result) throws QosException, InterruptedException {
    long share = MARGIN_EPISODES * Math.min(STEPS, result.steps()) / STEPS;
    return finish(result.network(), (int) Math.max(LEAST_MARGIN_EPISODES, share));
  }

  /**
   * The same, judged on so many links.
   *
   * @param episodes at least 1; fewer take less time, and let chance have more of a say
   * @throws QosException if a link fails
   * @throws InterruptedException if the thread was interrupted
   */
  public static MlpPolicy finish(MlpPolicy trained, int episodes)
      throws QosException, InterruptedException {
    long[] seeds =
        LongStream.range(FIRST_MARGIN_EPISODE, FIRST_MARGIN_EPISODE + episodes).toArray();
    return Caution.best(task(), trained, new GuidedActions().proposal(), MARGINS, seeds);
  }

  /**
   * A link of a set, varied: decisions every 50 ms, one to six targets probed every 15 to 60 ms in
   * all, CAKE in our shaper in nine cases of ten; in six cases of ten nothing but bulk transfers
   * over paths of 1 to 150 ms.
   */
  public static Scenario scenario(ScenarioSet set, long seed) {
    Scenario drawn = set.draw(seed);
    SplittableRandom random = new SplittableRandom(drawn.name().hashCode() ^ seed << 8);
    ScenarioBuilder varied =
        drawn.toBuilder()
            .interval(LinkRecipe.INTERVAL)
            .duration(LinkRecipe.INTERVAL.multipliedBy(EPISODE_TICKS))
            .probes(1 + random.nextInt(6), millis(logUniform(random, 15, 60)))
            .shaperQueue(random.nextInt(10) == 0 ? QueueDiscipline.FIFO : QueueDiscipline.CAKE);
    int kind = random.nextInt(10);
    if (kind < 6) {
      bulk(varied, random, kind < 4);
    }
    return varied.build();
  }

  /** Downloads alone, both directions, or uploads alone, in the ratio of 2 to 2 to 1. */
  private static void bulk(ScenarioBuilder varied, SplittableRandom random, boolean usualPath) {
    varied
        .baseRtt(millis(usualPath ? logUniform(random, 8, 150) : logUniform(random, 1.01, 12)))
        .buffer(millis(logUniform(random, 150, 2000)))
        .randomLoss(0)
        .traffic(List.of());
    int kind = random.nextInt(5);
    if (kind < 4) {
      varied.addTraffic(
          (int) Math.round(logUniform(random, 1, 12)),
          Traffic.bulk(
              Direction.DOWNLOAD, random.nextInt(5) == 0 ? Transport.BBR : Transport.CUBIC));
    }
    if (kind >= 2) {
      varied.addTraffic(
          (int) Math.round(logUniform(random, 1, 8)),
          Traffic.bulk(Direction.UPLOAD, Transport.CUBIC));
    }
  }
}
