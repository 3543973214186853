package io.github.qosrl.examples.cli;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.agent.AutorateAgent;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import io.github.qosrl.examples.train.Ablation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qos ablation}: what each switch of the learner buys on the link task. */
@Command(
    name = "ablation",
    description =
        "Trains with each switch of the learner thrown in turn, several seeds each, and prints a "
            + "table (Markdown) of the mean reward of a decision on links not seen in training.",
    footer = "  qos ablation --only Double,dueling --seeds 3")
final class AblationCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--ticks",
      paramLabel = "N",
      description = "Ticks of each training. Default: ${DEFAULT-VALUE}",
      defaultValue = "30000")
  private long ticks;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Trainings of each variant. Default: ${DEFAULT-VALUE}",
      defaultValue = "5")
  private int seeds;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "TEXT",
      description = "Only variants whose name contains one of these, beside the recipe itself.")
  private List<String> only = List.of();

  AblationCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException {
    if (ticks < 1000 || seeds < 1) {
      throw new UsageException(
          "--ticks %d --seeds %d is not accepted; accepted: at least 1000 ticks, 1 seed"
              .formatted(ticks, seeds));
    }
    Ablation ablation = new Ablation(ticks, seeds);
    requireKnown(ablation.variants());
    terminal.printRaw("| training | reward of a decision | against the recipe, seed by seed |");
    terminal.printRaw("| --- | --- | --- |");
    double[] base = new double[0];
    for (Ablation.Variant variant : ablation.variants()) {
      if (base.length == 0) {
        base = rewards(ablation, variant);
        terminal.printRaw("| %s | %s | |".formatted(variant.name(), figure(base)));
      } else if (chosen(variant)) {
        double[] rewards = rewards(ablation, variant);
        terminal.printRaw(
            "| %s | %s | %s |"
                .formatted(variant.name(), figure(rewards), figure(differences(rewards, base))));
      }
    }
    judge(ablation, "no learning: `receive-rate`", new ReceiveRateAgent());
    judge(ablation, "no learning: `autorate`", new AutorateAgent());
    return ExitCode.OK.code();
  }

  /** Each text of {@code --only} must choose something, or hours would go into the wrong table. */
  private void requireKnown(List<Ablation.Variant> variants) {
    List<String> names = variants.stream().skip(1).map(Ablation.Variant::name).toList();
    for (String text : only) {
      if (names.stream().noneMatch(name -> name.contains(text))) {
        throw new UsageException(
            "--only '%s' is in the name of no variant; there are: %s"
                .formatted(text, String.join(", ", names)));
      }
    }
  }

  private boolean chosen(Ablation.Variant variant) {
    return only.isEmpty() || only.stream().anyMatch(variant.name()::contains);
  }

  private double[] rewards(Ablation ablation, Ablation.Variant variant)
      throws QosException, InterruptedException {
    double[] rewards = new double[seeds];
    for (int i = 0; i < seeds; i++) {
      terminal.progress("%s: training %d of %d".formatted(variant.name(), i + 1, seeds));
      rewards[i] = ablation.train(variant, i + 1);
    }
    return rewards;
  }

  private void judge(Ablation ablation, String name, Agent agent)
      throws QosException, InterruptedException {
    try (agent) {
      terminal.printRaw(
          "| %s | %s | |"
              .formatted(name, String.format(Locale.ROOT, "%.3f", ablation.judge(agent))));
    }
  }

  private static double[] differences(double[] rewards, double[] base) {
    double[] differences = new double[rewards.length];
    Arrays.setAll(differences, i -> rewards[i] - base[i]);
    return differences;
  }

  /** Mean ± standard deviation. */
  private static String figure(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(squares / Math.max(1, values.length - 1));
    return String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
  }
}
