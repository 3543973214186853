package io.github.qosrl.examples.demo;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.examples.train.TrainingPlot;
import io.github.qosrl.examples.train.TrainingScreen;
import io.github.qosrl.rl.LinkRecipe;
import io.github.qosrl.rl.LinkTask;
import io.github.qosrl.rl.PretrainedRecipe;
import io.github.qosrl.rl.Trainer;
import io.github.qosrl.rl.TrainingListener;
import io.github.qosrl.rl.TrainingProgress;
import io.github.qosrl.rl.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Trains a policy in the simulated link within a time that a person will wait. */
public final class QuickTraining {
  /** A third of what the policy that comes with the library takes: more does not fit the time. */
  private static final long STEPS = 80_000;

  private static final long[] EVALUATION_SEEDS = LongStream.rangeClosed(1, 48).toArray();
  private static final int MARGIN_EPISODES = 16;

  private QuickTraining() {}

  /**
   * Trains, and writes {@code policy.safetensors} and {@code training.png} into a folder.
   *
   * @param limit the longest to take
   * @param bar takes the progress bar each time it has moved; null to draw none
   * @param lines takes what else there is to tell
   * @return the policy file
   */
  public static Path train(
      Path folder,
      Duration limit,
      long seed,
      @Nullable Consumer<String> bar,
      Consumer<String> lines)
      throws QosException, InterruptedException, IOException {
    LinkTask task = PretrainedRecipe.task();
    Path file = folder.resolve("policy.safetensors");
    Deadline deadline = new Deadline(limit);
    TrainingPlot plot = new TrainingPlot();
    try (TrainingScreen screen = new TrainingScreen(bar, lines, deadline::used)) {
      Trainer trainer =
          PretrainedRecipe.trainer(STEPS, seed)
              .evaluationSeeds(EVALUATION_SEEDS)
              .listener(screen)
              .listener(plot)
              .listener(deadline)
              .build();
      deadline.trainer = trainer;
      TrainingResult result = trainer.run();
      screen.close();
      screen.curve().ifPresent(lines);
      if (result.steps() < STEPS / 2) {
        lines.accept(
            "The time was up after %d %% of the training, so the policy is not what it could be; more time: --train-time 5m"
                .formatted(100 * result.steps() / STEPS));
      }
      plot.write(folder.resolve("training.png"));
      Map<String, String> origin =
          Map.of(
              "trained-by",
              "qos demo",
              Policy.INTERVAL,
              LinkRecipe.INTERVAL.toMillis() + "ms",
              "seed",
              Long.toString(seed),
              "steps",
              Long.toString(result.steps()));
      MlpPolicy network = PretrainedRecipe.finish(result.network(), MARGIN_EPISODES);
      PolicyFile.write(file, task.policy(network, origin));
    }
    return file;
  }

  /** Ends the training when the time is up, with the best network so far. */
  private static final class Deadline implements TrainingListener {
    private final MonotonicClock clock = MonotonicClock.system();
    private final Duration limit;
    private final Instant end;
    private Trainer trainer;

    @SuppressWarnings("NullAway.Init") // The trainer is built with its listeners.
    Deadline(Duration limit) {
      this.limit = limit;
      this.end = clock.now().plus(limit);
    }

    /** The part of the time that has passed, 0 to 1. */
    double used() {
      double left = (double) Duration.between(clock.now(), end).toNanos() / limit.toNanos();
      return Math.min(1, Math.max(0, 1 - left));
    }

    @Override
    public void onProgress(TrainingProgress progress) {
      if (clock.now().isAfter(end)) {
        trainer.stop();
      }
    }
  }
}
