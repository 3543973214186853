package io.github.qosrl.examples.cli;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.ActionSet;
import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.core.policy.TrackingActions;
import io.github.qosrl.core.spi.PluginException;
import io.github.qosrl.examples.live.LiveLinkOptions;
import io.github.qosrl.examples.train.ActionChoice;
import io.github.qosrl.examples.train.LiveTraining;
import io.github.qosrl.examples.train.RecordedRuns;
import io.github.qosrl.examples.train.TrainingPlot;
import io.github.qosrl.examples.train.TrainingScreen;
import io.github.qosrl.rl.LinkRecipe;
import io.github.qosrl.rl.LinkTask;
import io.github.qosrl.rl.PretrainedRecipe;
import io.github.qosrl.rl.Trainer;
import io.github.qosrl.rl.TrainingLog;
import io.github.qosrl.rl.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qos train}: learns a policy, in simulation or on a live link. */
@Command(
    name = "train",
    description = "Learns a policy in simulated links, or with --live on a real one.",
    footer = {
      "  qos train --out policy.safetensors",
      "  qos train --checkpoint run.ckpt --training-log run.csv --plot run.png",
      "  sudo qos train --live --wan eth0 --target 1.1.1.1:dns --out mine.safetensors"
    })
final class TrainCommand implements Callable<Integer>, LeavesBehind {
  private static final long TICKS_PER_EPISODE = 300;

  private final Terminal terminal;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      description = "How many episodes to train. Default: ${DEFAULT-VALUE}",
      defaultValue = "1000")
  private long episodes;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the policy goes. Default: ${DEFAULT-VALUE}",
      defaultValue = "policy.safetensors")
  private Path out = Path.of("policy.safetensors");

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Save the whole state there now and then, and go on from it if it exists.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes everything random. Default: 1",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--actions",
      paramLabel = "ID",
      description =
          "How the policy sets rates: tracking, multipliers or levels. Default: as the policy that"
              + " comes with the library; with --live tracking")
  private @Nullable String actions;

  @Option(
      names = "--pretrained",
      description =
          "Make the policy that comes with the library again; --episodes and --actions do not"
              + " matter then.")
  private boolean pretrained;

  @Option(
      names = "--training-log",
      paramLabel = "FILE",
      description = "Log the training to FILE.csv or FILE.jsonl.")
  private @Nullable Path trainingLog;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw the curves of return, loss, Q and exploration as FILE.png.")
  private @Nullable Path plot;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after N evaluations without a new best one. Default: never")
  private @Nullable Integer patience;

  @Option(
      names = "--from-log",
      split = ",",
      paramLabel = "FILE",
      description =
          "Learn from these run logs (run --log FILE.jsonl) before training; --actions does not"
              + " matter then.")
  private List<Path> runLogs = List.of();

  @Option(
      names = "--offline",
      description = "With --from-log: learn from the logs alone, in no simulated link.")
  private boolean offline;

  @Option(
      names = "--live",
      description = "Train on a real link, which --wan and others describe. Needs root.")
  private boolean live;

  @ArgGroup(validate = false, heading = "%nThe link, with --live:%n")
  private LiveLinkOptions link = new LiveLinkOptions();

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    requirePossible();
    requireConsistent();
    ActionSet set = actionSet();
    if (asPretrained()) {
      long steps =
          pretrained
              ? PretrainedRecipe.STEPS
              : Math.multiplyExact(episodes, PretrainedRecipe.EPISODE_TICKS);
      train(PretrainedRecipe.task(), PretrainedRecipe.trainer(steps, seed), LinkRecipe.INTERVAL);
    } else if (!runLogs.isEmpty()) {
      RecordedRuns runs = new RecordedRuns(runLogs, offline);
      long steps = Math.multiplyExact(episodes, TICKS_PER_EPISODE);
      train(runs.task(), runs.trainer(steps, seed), LinkRecipe.INTERVAL);
    } else if (live) {
      try (LiveTraining opened = LiveTraining.open(link.read("train", Map.of()))) {
        train(opened.task(set), opened.ticksPerEpisode(), opened.interval());
      }
    } else {
      train(ActionChoice.in(LinkRecipe.task(), set), TICKS_PER_EPISODE, LinkRecipe.INTERVAL);
    }
    return ExitCode.OK.code();
  }

  @Override
  public String afterInterruption() {
    String policy =
        checkpoint != null && Files.exists(checkpoint)
            ? "the same command goes on from '" + checkpoint + "'"
            : "'" + out + "' was not written";
    return live ? "the link is as it was found, and " + policy : policy;
  }

  private boolean asPretrained() {
    return pretrained || (actions == null && !live && runLogs.isEmpty());
  }

  private ActionSet actionSet() throws QosException {
    try {
      return ActionChoice.of(actions == null ? TrackingActions.ID : actions);
    } catch (PluginException e) {
      throw new UsageException("--actions: " + e.getMessage());
    }
  }

  /** What would be found out only after hours of training. */
  private void requirePossible() {
    OutputFile.requireWritable("--out", out);
    OutputFile.requireWritable("--checkpoint", checkpoint);
    OutputFile.requireWritable("--training-log", trainingLog);
    OutputFile.requireWritable("--plot", plot);
    if (episodes < 1) {
      throw new UsageException(
          "--episodes %d is not accepted; accepted: at least 1".formatted(episodes));
    }
    String log = trainingLog == null ? ".csv" : trainingLog.toString();
    if (!log.endsWith(".csv") && !log.endsWith(".jsonl")) {
      throw new UsageException(
          "--training-log '%s' is not accepted; accepted: a file that ends in .csv or .jsonl"
              .formatted(trainingLog));
    }
  }

  private void requireConsistent() {
    if (offline && runLogs.isEmpty()) {
      throw new UsageException("--offline learns from recordings; name them with --from-log");
    }
    if (!runLogs.isEmpty() && (live || pretrained)) {
      throw new UsageException("--from-log goes with neither --live nor --pretrained");
    }
    for (Path log : runLogs) {
      if (!log.toString().endsWith(".jsonl")) {
        throw new UsageException(
            "--from-log '%s' is not accepted; accepted: what 'qos run --log FILE.jsonl' wrote"
                .formatted(log));
      }
    }
    if (patience != null && patience < 1) {
      throw new UsageException(
          "--patience %d is not accepted; accepted: at least 1".formatted(patience));
    }
    if (plot != null && !plot.toString().endsWith(".png")) {
      throw new UsageException(
          "--plot '%s' is not accepted; accepted: a file that ends in .png".formatted(plot));
    }
  }

  private void train(LinkTask task, long ticksPerEpisode, Duration interval)
      throws QosException, InterruptedException, IOException {
    long steps = episodes * ticksPerEpisode;
    Trainer.Builder trainer =
        Trainer.builder(task, LinkRecipe.config(steps, seed))
            .episodes(episodes)
            .evaluateEvery(live ? 0 : Math.max(1000, steps / 30));
    train(task, trainer, interval);
  }

  private void train(LinkTask task, Trainer.Builder trainer, Duration interval)
      throws QosException, InterruptedException, IOException {
    if (checkpoint != null) {
      trainer.checkpoint(checkpoint, 20_000);
    }
    TrainingPlot curves = new TrainingPlot();
    try (TrainingScreen screen = new TrainingScreen(terminal.bar(), terminal::noteRaw);
        TrainingLog log = openLog(trainingLog)) {
      trainer.listener(screen).listener(curves);
      if (patience != null) {
        trainer.patience(patience);
      }
      Optional.ofNullable(log).ifPresent(trainer::listener);
      TrainingResult result = trainer.build().run();
      screen.close();
      MlpPolicy network = asPretrained() ? PretrainedRecipe.finish(result) : result.network();
      Policy policy = task.policy(network, provenance(result, interval));
      PolicyFile.write(out, policy);
      screen.curve().ifPresent(terminal::noteRaw);
      if (plot != null) {
        curves.write(plot);
      }
    }
    terminal.printRaw("policy written to " + out + "; try it with: qos lab --agents none," + out);
  }

  private static @Nullable TrainingLog openLog(@Nullable Path file) throws QosException {
    if (file == null) {
      return null;
    }
    return file.toString().endsWith(".csv") ? TrainingLog.csv(file) : TrainingLog.jsonLines(file);
  }

  private Map<String, String> provenance(TrainingResult result, Duration interval) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("trained-on", trainedOn());
    provenance.put(Policy.INTERVAL, interval.toMillis() + "ms");
    provenance.put("seed", Long.toString(seed));
    provenance.put("steps", Long.toString(result.steps()));
    provenance.put("episodes", Long.toString(result.episodes()));
    provenance.put("ended", result.reason().name());
    result.best().ifPresent(b -> provenance.put("evaluation-return", Double.toString(b.mean())));
    return provenance;
  }

  private String trainedOn() {
    if (live) {
      return "a live link";
    }
    if (runLogs.isEmpty()) {
      return "simulated links";
    }
    String recorded = runLogs.size() == 1 ? "a recorded run" : runLogs.size() + " recorded runs";
    return offline ? recorded : recorded + ", simulated links";
  }
}
