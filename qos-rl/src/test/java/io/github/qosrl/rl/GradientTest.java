package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.rl.nd4j.NetworkShape;
import io.github.qosrl.rl.nd4j.QNetwork;
import io.github.qosrl.rl.replay.Batch;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of the loss agrees with finite differences, whatever is switched on. */
class GradientTest {
  private static final int INPUTS = 5;
  private static final int ACTIONS = 3;
  private static final int ROWS = 16;
  private static final float STEP = 2e-3f;

  static Stream<Named<DqnConfig>> switches() {
    DemonstrationLoss both = new DemonstrationLoss(0.7, 0.4, 0.3);
    return Stream.of(
        Named.of("plain", base().doubleQ(false).build()),
        Named.of("double", base().build()),
        Named.of("mean squared error", base().loss(Loss.MSE).build()),
        Named.of("one hidden layer", base().hidden(7).build()),
        Named.of("three hidden layers", base().hidden(9, 8, 7).build()),
        Named.of("dueling", base().dueling(true).build()),
        Named.of("dueling, one hidden layer", base().dueling(true).hidden(6).build()),
        Named.of("quantiles", base().quantiles(4).build()),
        Named.of("dueling quantiles", base().dueling(true).quantiles(4).build()),
        Named.of("demonstrations", base().demonstrations(both).build()),
        Named.of("demonstrations, quantiles", base().quantiles(3).demonstrations(both).build()));
  }

  private static DqnConfig.Builder base() {
    return DqnConfig.builder().hidden(8, 6).batchSize(ROWS);
  }

  @ParameterizedTest
  @MethodSource("switches")
  void agreesWithFiniteDifferences(DqnConfig config) {
    NetworkShape shape =
        new NetworkShape(INPUTS, config.hidden(), ACTIONS, config.quantiles(), config.dueling());
    try (QNetwork online = QNetwork.create(shape, 2 * ROWS);
        QNetwork target = QNetwork.create(shape, ROWS)) {
      SplittableRandom random = new SplittableRandom(7);
      fill(online, random);
      fill(target, random);
      Batch batch = batch(random);
      DqnUpdate update = new DqnUpdate(config, online, target);
      update.differentiate(batch);
      float[] gradient = online.gradient().clone();
      float[] theta = online.parameters();
      double here = update.differentiate(batch);
      double squaredDifference = 0;
      double squaredNorm = 0;
      int kinks = 0;
      for (int i = 0; i < theta.length; i++) {
        float kept = theta[i];
        double up = (lossAt(kept + STEP, i, online, update, batch) - here) / STEP;
        double down = (here - lossAt(kept - STEP, i, online, update, batch)) / STEP;
        lossAt(kept, i, online, update, batch);
        if (Math.abs(up - down) > 0.02) {
          kinks++; // A rectifier, a margin or a greedy choice turns over within the step.
          continue;
        }
        double numeric = (up + down) / 2;
        squaredDifference += Math.pow(numeric - gradient[i], 2);
        squaredNorm += numeric * numeric;
        assertEquals(numeric, gradient[i], 0.02, "parameter " + i);
      }
      assertTrue(kinks < theta.length / 5, kinks + " of " + theta.length + " could not be checked");
      assertTrue(squaredNorm > 1e-2, "the gradient vanishes: nothing was checked");
      double relative = Math.sqrt(squaredDifference / squaredNorm);
      assertTrue(relative < 0.02, "relative error " + relative);
    }
  }

  private static double lossAt(float x, int i, QNetwork online, DqnUpdate update, Batch batch) {
    online.parameters()[i] = x;
    online.parametersChanged();
    return update.differentiate(batch);
  }

  private static void fill(QNetwork network, SplittableRandom random) {
    float[] theta = network.parameters();
    for (int i = 0; i < theta.length; i++) {
      theta[i] = (float) random.nextDouble(-0.7, 0.7);
    }
    network.parametersChanged();
  }

  private static Batch batch(SplittableRandom random) {
    Batch batch = new Batch(ROWS, INPUTS);
    for (int i = 0; i < batch.observations.length; i++) {
      batch.observations[i] = (float) random.nextDouble(-1, 1);
    }
    for (int i = 0; i < ROWS; i++) {
      batch.actions[i] = random.nextInt(ACTIONS);
      batch.rewards[i] = (float) random.nextDouble(-2, 2);
      batch.bootstraps[i] = i % 5 == 0 ? 0f : 0.95f;
      batch.weights[i] = (float) random.nextDouble(0.3, 1);
      batch.demonstrations[i] = i % 2 == 0;
    }
    return batch;
  }

  @org.junit.jupiter.api.Test
  void singleObservationsAndBatchesAgree() {
    for (boolean dueling : List.of(false, true)) {
      NetworkShape shape = new NetworkShape(INPUTS, List.of(8, 6), ACTIONS, 4, dueling);
      try (QNetwork network = QNetwork.create(shape, ROWS)) {
        SplittableRandom random = new SplittableRandom(3);
        fill(network, random);
        Batch batch = batch(random);
        float[] all = network.forward(batch.observations, 0, ROWS);
        float[] one = new float[shape.outputs()];
        float[] exported = new float[shape.outputs()];
        float[] row = new float[INPUTS];
        for (int i = 0; i < ROWS; i++) {
          System.arraycopy(batch.observations, i * INPUTS, row, 0, INPUTS);
          network.evaluate(row, one);
          NetworkExport.export(shape, network.parameters()).quantiles(row, exported);
          for (int j = 0; j < one.length; j++) {
            assertEquals(all[i * one.length + j], one[j], 1e-5);
            assertEquals(one[j], exported[j], 1e-5);
          }
        }
      }
    }
  }
}
