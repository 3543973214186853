package io.github.qosrl.rl;

import static io.github.qosrl.rl.LinkRecipe.logUniform;
import static io.github.qosrl.rl.LinkRecipe.millis;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.policy.GuidedActions;
import io.github.qosrl.core.policy.GuidedFeatures;
import io.github.qosrl.core.sim.QueueDiscipline;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioBuilder;
import io.github.qosrl.core.sim.ScenarioSet;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * How the policy that comes with the library, the agent {@code pretrained}, was made: it learns
 * where to do better than the heuristic {@code receive-rate}, on links whose shaper keeps flows
 * apart. With seed 1 it makes the very same weights again, on the same kind of machine.
 *
 * <p>The schedules are those of a training five times as long: the best evaluation comes early,
 * while exploration is still high, and more training has not improved on it.
 */
public final class PretrainedRecipe {
  /** Ticks of training: about two minutes on a core of its own. */
  public static final long STEPS = 240_000;

  /** Ticks that the schedules of learning rate and exploration run over. */
  private static final long SCHEDULE = 1_200_000;

  private static final Duration EPISODE = Duration.ofSeconds(20);
  private static final int ENVIRONMENTS = 16;
  private static final int EVALUATIONS = 2;
  private static final int EVALUATION_EPISODES = 48;

  private PretrainedRecipe() {}

  /** The task: both directions served by one network, trained and evaluated on separate links. */
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
    return new TrainingLink(seed -> scenario(set, seed), TrainingLink.Price.SHORT_QUEUES);
  }

  /**
   * A trainer that is ready to run; add listeners or a checkpoint of one's own.
   *
   * @param seed fixes the run; 1 for the policy that comes with the library
   */
  public static Trainer.Builder trainer(long seed) {
    return Trainer.builder(task(), LinkRecipe.config(SCHEDULE, seed))
        .steps(STEPS)
        .environments(ENVIRONMENTS)
        .evaluateEvery(STEPS / EVALUATIONS)
        .evaluationSeeds(LongStream.rangeClosed(1, EVALUATION_EPISODES).toArray());
  }

  /**
   * A link of a set, varied: decisions every 50 ms, one to six targets probed every 15 to 60 ms in
   * all, CAKE in our shaper in nine cases of ten; in half of the cases nothing but bulk transfers
   * over paths of 1 to 150 ms, in half of those in both directions.
   */
  public static Scenario scenario(ScenarioSet set, long seed) {
    Scenario drawn = set.draw(seed);
    SplittableRandom random = new SplittableRandom(drawn.name().hashCode() ^ seed << 8);
    ScenarioBuilder varied =
        drawn.toBuilder()
            .interval(LinkRecipe.INTERVAL)
            .duration(EPISODE)
            .probes(1 + random.nextInt(6), millis(logUniform(random, 15, 60)))
            .shaperQueue(random.nextInt(10) == 0 ? QueueDiscipline.FIFO : QueueDiscipline.CAKE);
    int kind = random.nextInt(10);
    if (kind < 6) {
      bulk(varied, random, kind < 4);
    }
    return varied.build();
  }

  private static void bulk(ScenarioBuilder varied, SplittableRandom random, boolean usualPath) {
    varied
        .baseRtt(millis(usualPath ? logUniform(random, 8, 150) : logUniform(random, 1.01, 12)))
        .buffer(millis(logUniform(random, 150, 2000)))
        .randomLoss(0)
        .traffic(List.of())
        .addTraffic(
            (int) Math.round(logUniform(random, 1, 12)),
            Traffic.bulk(
                Direction.DOWNLOAD, random.nextInt(5) == 0 ? Transport.BBR : Transport.CUBIC));
    if (random.nextInt(5) < 3) {
      varied.addTraffic(
          (int) Math.round(logUniform(random, 1, 8)),
          Traffic.bulk(Direction.UPLOAD, Transport.CUBIC));
    }
  }
}
