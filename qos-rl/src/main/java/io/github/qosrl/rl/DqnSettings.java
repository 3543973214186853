package io.github.qosrl.rl;

import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a {@link DqnConfig} from text settings, as configuration files and command lines give them.
 *
 * <p>Keys, with what they mean in {@link DqnConfig}: {@code hidden} (as {@code 64,64}), {@code
 * dueling}, {@code quantiles}, {@code double}, {@code discount}, {@code n-step}, {@code
 * batch-size}, {@code replay-capacity}, {@code prioritised}, {@code warmup}, {@code train-every},
 * {@code loss} ({@code huber} or {@code mse}), {@code learning-rate}, {@code learning-rate-end},
 * {@code learning-rate-steps}, {@code weight-decay}, {@code max-gradient-norm}, {@code
 * target-every}, {@code target-tau}, {@code epsilon-start}, {@code epsilon-end}, {@code
 * epsilon-steps}, {@code epsilon-schedule} ({@code linear} or {@code exponential}), {@code
 * margin-weight}, {@code conservatism}, {@code seed}.
 */
public final class DqnSettings {
  /** Whole numbers up to here survive being read as a number. */
  private static final double LARGEST_SEED = 1L << 53;

  private DqnSettings() {}

  /**
   * Reads the configuration; the caller ends with {@link Settings#check}.
   *
   * @param settings mistakes are noted there
   * @param defaults what keys that are absent mean
   */
  public static DqnConfig read(Settings settings, DqnConfig defaults) {
    DqnConfig.Builder builder = defaults.toBuilder();
    network(settings, defaults, builder);
    experience(settings, defaults, builder);
    optimiser(settings, defaults, builder);
    exploration(settings, defaults, builder);
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      settings.problem("dqn", String.valueOf(e.getMessage()));
      return defaults;
    }
  }

  /**
   * Reads the configuration.
   *
   * @throws ConfigurationException if a setting is malformed, unknown or contradicts another
   */
  public static DqnConfig read(Settings settings) throws ConfigurationException {
    DqnConfig config = read(settings, DqnConfig.defaults());
    settings.check();
    return config;
  }

  private static void network(Settings s, DqnConfig d, DqnConfig.Builder b) {
    List<Integer> hidden = new ArrayList<>();
    for (String width : s.list("hidden", List.of())) {
      if (width.matches("[0-9]{1,4}")) {
        hidden.add(Integer.valueOf(width));
      } else {
        s.require(false, "hidden", "widths such as 64,64");
      }
    }
    if (!hidden.isEmpty()) {
      b.hidden(hidden.toArray(Integer[]::new));
    }
    b.dueling(s.flag("dueling", d.dueling()));
    b.quantiles(s.integer("quantiles", d.quantiles(), 1, 512));
    b.doubleQ(s.flag("double", d.doubleQ()));
  }

  private static void experience(Settings s, DqnConfig d, DqnConfig.Builder b) {
    b.discount(s.number("discount", d.discount(), 0, 1));
    b.nStep(s.integer("n-step", d.nStep(), 1, 100));
    b.batchSize(s.integer("batch-size", d.batchSize(), 1, 65_536));
    int capacity = s.integer("replay-capacity", d.replayCapacity(), 1, 100_000_000);
    b.replayCapacity(capacity);
    b.warmup(s.integer("warmup", d.warmup(), 1, 100_000_000));
    b.trainEvery(s.integer("train-every", d.trainEvery(), 1, 1_000_000));
    boolean prioritised = s.flag("prioritised", d.prioritised().isPresent());
    if (prioritised && d.prioritised().isEmpty()) {
      b.prioritised(Prioritisation.proportional(capacity));
    } else if (!prioritised) {
      b.uniform();
    }
    double margin = s.number("margin-weight", d.demonstrations().marginWeight(), 0, 1e6);
    double conservatism = s.number("conservatism", d.demonstrations().conservatism(), 0, 1e6);
    b.demonstrations(new DemonstrationLoss(margin, d.demonstrations().margin(), conservatism));
    b.seed((long) s.number("seed", d.seed(), -LARGEST_SEED, LARGEST_SEED));
  }

  private static void optimiser(Settings s, DqnConfig d, DqnConfig.Builder b) {
    String loss = s.oneOf("loss", d.loss() == Loss.MSE ? "mse" : "huber", Set.of("huber", "mse"));
    b.loss(loss.equals("mse") ? Loss.MSE : Loss.HUBER);
    double from = s.number("learning-rate", d.learningRate().from(), 0, 1);
    double to = s.number("learning-rate-end", Math.min(from, d.learningRate().to()), 0, 1);
    int steps =
        s.integer("learning-rate-steps", clamped(d.learningRate().steps()), 1, Integer.MAX_VALUE);
    b.learningRate(Schedule.linear(from, to, steps));
    AdamConfig adam = d.adam();
    double decay = s.number("weight-decay", adam.weightDecay(), 0, 1);
    b.adam(new AdamConfig(adam.beta1(), adam.beta2(), adam.epsilon(), decay));
    b.maxGradientNorm(s.number("max-gradient-norm", d.maxGradientNorm(), 0, 1e9));
    int every = s.integer("target-every", d.targetUpdate().every(), 1, Integer.MAX_VALUE);
    double tau = s.number("target-tau", d.targetUpdate().tau(), 1e-9, 1);
    b.targetUpdate(new TargetUpdate(every, tau));
  }

  private static void exploration(Settings s, DqnConfig d, DqnConfig.Builder b) {
    Schedule before = d.exploration();
    boolean wasLinear = before.kind() == Schedule.Kind.LINEAR;
    String kind =
        s.oneOf(
            "epsilon-schedule",
            wasLinear ? "linear" : "exponential",
            Set.of("linear", "exponential"));
    boolean linear = kind.equals("linear");
    double least = linear ? 0 : 1e-6;
    double from = s.number("epsilon-start", before.from(), least, 1);
    double to = s.number("epsilon-end", Math.max(least, before.to()), least, 1);
    int steps = s.integer("epsilon-steps", clamped(before.steps()), 1, Integer.MAX_VALUE);
    b.exploration(
        new Schedule(linear ? Schedule.Kind.LINEAR : Schedule.Kind.EXPONENTIAL, from, to, steps));
  }

  private static int clamped(long steps) {
    return (int) Math.min(Integer.MAX_VALUE, steps);
  }
}
