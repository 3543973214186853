package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With every switch, the values of a task whose optimal ones are known come out right. */
class KnownValuesTest {
  private static final double GAMMA = 0.9;

  static Stream<Named<DqnConfig>> switches() {
    return Stream.of(
        Named.of("plain", base().doubleQ(false).build()),
        Named.of("double", base().build()),
        Named.of("mean squared error", base().loss(Loss.MSE).build()),
        Named.of("dueling", base().dueling(true).build()),
        Named.of("soft target", base().targetUpdate(TargetUpdate.soft(0.02)).build()),
        Named.of("clipped gradient", base().maxGradientNorm(0.5).build()),
        Named.of("prioritised", base().prioritised(Prioritisation.proportional(6000)).build()),
        Named.of("quantiles", base().quantiles(8).build()),
        Named.of("dueling quantiles", base().dueling(true).quantiles(5).build()),
        Named.of(
            "exponential exploration",
            base().exploration(Schedule.exponential(1, 0.5, 2000)).build()));
  }

  private static DqnConfig.Builder base() {
    return DqnConfig.builder()
        .hidden(32, 32)
        .discount(GAMMA)
        .batchSize(32)
        .warmup(200)
        .targetUpdate(TargetUpdate.hard(100))
        .learningRate(Schedule.exponential(3e-3, 1e-5, 8000))
        .exploration(Schedule.constant(1));
  }

  @ParameterizedTest
  @MethodSource("switches")
  void learnsTheOptimalValuesWithinOnePercent(DqnConfig config) {
    try (DqnLearner learner = new DqnLearner(config, Corridor.ROOMS, 2)) {
      play(learner, 8000);
      int n = config.quantiles();
      float[] values = new float[2 * n];
      for (int room = 0; room < Corridor.ROOMS; room++) {
        learner.values(Corridor.observation(room), values);
        for (int action = 0; action < 2; action++) {
          double mean = 0;
          for (int j = 0; j < n; j++) {
            mean += values[action * n + j] / n;
          }
          double optimal = Corridor.value(room, action, GAMMA);
          assertEquals(optimal, mean, 0.01 * optimal, "room " + room + ", action " + action);
        }
      }
    }
  }

  private static void play(DqnLearner learner, int steps) {
    Corridor corridor = new Corridor();
    int episode = 0;
    float[] observation = corridor.reset(episode);
    for (int i = 0; i < steps; i++) {
      int action = learner.act(observation);
      Mdp.Outcome o = corridor.step(action);
      learner.observe(
          0, observation, action, o.reward(), o.observation(), o.terminated(), o.truncated());
      observation = o.terminated() || o.truncated() ? corridor.reset(++episode) : o.observation();
    }
  }
}
