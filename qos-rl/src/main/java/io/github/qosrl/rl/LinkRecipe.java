package io.github.qosrl.rl;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.policy.ActionSet;
import io.github.qosrl.core.policy.LinkFeatures;
import io.github.qosrl.core.policy.TrackingActions;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.QueueDiscipline;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioBuilder;
import io.github.qosrl.core.sim.ScenarioSet;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * A recipe for a policy that controls links it has never seen, and that sets rates by itself where
 * {@link PretrainedRecipe}'s follows a heuristic: what to train on, how to judge, and the learner's
 * switches.
 *
 * <pre>{@code
 * long steps = 200_000;
 * LinkTask task = LinkRecipe.task();
 * TrainingResult result = Trainer.builder(task, LinkRecipe.config(steps, 1)).steps(steps).build().run();
 * PolicyFile.write(Path.of("my-policy.safetensors"), task.policy(result.network(), Map.of()));
 * }</pre>
 *
 * <p>It trains on the links of {@link ScenarioSet#TRAINING}, varied so that they include what small
 * networks and laboratories are like: paths of about a millisecond, few targets, and shapers whose
 * queue is a FIFO that the controller's own probes wait in.
 */
public final class LinkRecipe {

  /** Time between two decisions that the recipe trains for. */
  public static final Duration INTERVAL = Duration.ofMillis(50);

  private static final Duration EPISODE = Duration.ofSeconds(15);

  private static final int TRAIN_EVERY = 2;

  private LinkRecipe() {}

  /** The task: both directions served by one network, trained and evaluated on separate links. */
  public static LinkTask task() {
    return task(new TrackingActions());
  }

  /** The same task with other actions. */
  public static LinkTask task(ActionSet actions) {
    return task(
        seed -> scenario(ScenarioSet.TRAINING, seed),
        seed -> scenario(ScenarioSet.VALIDATION, seed),
        actions);
  }

  /**
   * The same task on other links.
   *
   * @param training the scenario to train on in an episode, by its seed
   * @param evaluation the scenario to evaluate on in an episode, by its seed
   */
  public static LinkTask task(
      LongFunction<Scenario> training, LongFunction<Scenario> evaluation, ActionSet actions) {
    return LinkTask.of(
            () -> new TrainingLink(training, TrainingLink.Price.EVEN), new LinkFeatures(), actions)
        .evaluatedOn(() -> new TrainingLink(evaluation, TrainingLink.Price.EVEN))
        .withReward(TrainingLink.reward());
  }

  /**
   * The learner's switches.
   *
   * @param steps ticks of training that schedules run over
   * @param seed fixes everything random in the learner
   */
  public static DqnConfig config(long steps, long seed) {
    long gradientSteps = Math.max(1, 2 * steps / TRAIN_EVERY);
    return DqnConfig.builder()
        .hidden(64, 64)
        .discount(0.95)
        .nStep(5)
        .batchSize(64)
        .replayCapacity(200_000)
        .warmup(5_000)
        .trainEvery(TRAIN_EVERY)
        .learningRate(Schedule.linear(1e-3, 5e-5, gradientSteps))
        .targetUpdate(TargetUpdate.soft(0.005))
        .exploration(Schedule.linear(0.4, 0.01, Math.max(1, 2 * steps * 2 / 3)))
        .seed(seed)
        .build();
  }

  /**
   * The switches for going on from a trained policy on a live link: little exploration, small
   * steps, as at the end of a training.
   */
  public static DqnConfig fineTuning(long seed) {
    return config(1, seed).toBuilder().warmup(1_000).build();
  }

  /**
   * A link of a set, varied: decisions every 50 ms, or 100 ms in one case of four, one to six
   * targets probed every 10 to 100 ms, in half of the cases a FIFO in our shaper; in half of the
   * cases a short path with bulk transfers in both directions; and in half of those a capacity that
   * jumps every few seconds.
   */
  public static Scenario scenario(ScenarioSet set, long seed) {
    Scenario drawn = set.draw(seed);
    SplittableRandom random = new SplittableRandom(drawn.name().hashCode() ^ seed << 8);
    ScenarioBuilder varied =
        drawn.toBuilder()
            .interval(random.nextInt(4) > 0 ? INTERVAL : INTERVAL.multipliedBy(2))
            .duration(EPISODE)
            .probes(1 + random.nextInt(6), millis(logUniform(random, 10, 100)))
            .shaperQueue(random.nextBoolean() ? QueueDiscipline.FIFO : QueueDiscipline.CAKE);
    if (random.nextBoolean()) {
      shortPath(varied, random);
      if (random.nextBoolean()) {
        varied.download(jumping(random, drawn.download())).upload(jumping(random, drawn.upload()));
      }
    }
    return varied.build();
  }

  private static void shortPath(ScenarioBuilder varied, SplittableRandom random) {
    varied
        .baseRtt(millis(logUniform(random, 1, 40)))
        .buffer(millis(logUniform(random, 200, 1500)))
        .randomLoss(0)
        .traffic(List.of())
        .addTraffic(1 + random.nextInt(6), Traffic.bulk(Direction.DOWNLOAD, Transport.CUBIC))
        .addTraffic(1 + random.nextInt(4), Traffic.bulk(Direction.UPLOAD, Transport.CUBIC));
  }

  private static CapacityProcess jumping(SplittableRandom random, CapacityProcess like) {
    BitRate mean = like.mean();
    return CapacityProcess.reallocated(
            mean, 0.2 + 0.5 * random.nextDouble(), millis(logUniform(random, 1500, 15_000)))
        .within(mean.times(0.2), mean.times(3));
  }

  static double logUniform(SplittableRandom random, double low, double high) {
    return low * Math.exp(random.nextDouble() * Math.log(high / low));
  }

  static Duration millis(double time) {
    return Duration.ofNanos(Math.round(time * 1e6));
  }
}
