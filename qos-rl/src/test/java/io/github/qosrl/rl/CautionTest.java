package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.core.policy.NetworkShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CautionTest {
  private static final int TRUSTED = 1;
  private static final float[] ANY = {0};

  /** A network whose values do not depend on what it sees: 0.3, 0 and 0.1. */
  private static MlpPolicy network(int quantiles) {
    NetworkShape shape = new NetworkShape(1, List.of(1), 3, false, quantiles);
    float[] bias = new float[3 * quantiles];
    for (int k = 0; k < quantiles; k++) {
      bias[k] = 0.3f;
      bias[2 * quantiles + k] = 0.1f;
    }
    return MlpPolicy.of(
        shape,
        Map.of(
            "layers.0.weight", new float[] {0},
            "layers.0.bias", new float[] {0},
            "layers.1.weight", new float[3 * quantiles],
            "layers.1.bias", bias));
  }

  @Test
  void departsFromTheTrustedActionOnlyForMoreThanTheMargin() {
    for (int quantiles : new int[] {1, 8}) {
      MlpPolicy network = network(quantiles);
      assertEquals(0, network.decide(ANY));
      assertEquals(0, Caution.with(network, TRUSTED, 0.2).decide(ANY));
      assertEquals(TRUSTED, Caution.with(network, TRUSTED, 0.4).decide(ANY));
    }
  }

  @Test
  void theMarginThatEarnsMostIsKept() throws Exception {
    Task task =
        Task.of(
            () ->
                new Mdp() {
                  @Override
                  public int observationSize() {
                    return 1;
                  }

                  @Override
                  public int actions() {
                    return 3;
                  }

                  @Override
                  public float[] reset(long seed) {
                    return ANY;
                  }

                  @Override
                  public Outcome step(int action) {
                    return new Outcome(ANY, action == TRUSTED ? 1 : 0, true, false);
                  }
                });
    MlpPolicy best = Caution.best(task, network(1), TRUSTED, List.of(0.0, 0.4, 5.0), 1, 2);
    assertEquals(TRUSTED, best.decide(ANY));
    float[] values = new float[3];
    best.values(ANY, values);
    assertEquals(0.4, values[TRUSTED], 1e-6, "the smallest margin that does");
  }
}
