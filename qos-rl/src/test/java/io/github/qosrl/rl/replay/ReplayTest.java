package io.github.qosrl.rl.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final float[] STATE = {0f};

  @Test
  void sumsRewardsOverNStepsAndBootstrapsWithWhatIsLeft() {
    UniformReplay replay = new UniformReplay(10, 1);
    NStepReturns steps = new NStepReturns(3, 0.5, 1, replay);
    for (int i = 0; i < 4; i++) {
      steps.add(new float[] {i}, i, 1f, new float[] {i + 1}, i == 3, false, false);
    }
    assertEquals(
        List.of("0→3 1.75 0.125", "1→4 1.75 0.0", "2→4 1.5 0.0", "3→4 1.0 0.0"), all(replay));
  }

  @Test
  void aTruncatedEpisodeBootstrapsFromItsLastObservation() {
    UniformReplay replay = new UniformReplay(10, 1);
    NStepReturns steps = new NStepReturns(3, 0.5, 1, replay);
    steps.add(new float[] {0}, 0, 1f, new float[] {1}, false, false, false);
    steps.add(new float[] {1}, 1, 1f, new float[] {2}, false, true, false);
    assertEquals(List.of("0→2 1.5 0.25", "1→2 1.0 0.5"), all(replay));
  }

  private static List<String> all(UniformReplay replay) {
    Batch batch = new Batch(400, 1);
    replay.sample(batch, new Random(1));
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < batch.size; i++) {
      seen.add(
          "%d→%d %s %s"
              .formatted(
                  (int) batch.observations[i],
                  (int) batch.observations[batch.size + i],
                  batch.rewards[i],
                  batch.bootstraps[i]));
    }
    return seen.stream().distinct().sorted().toList();
  }

  @Test
  void theOldestMakesRoomButDemonstrationsStay() {
    UniformReplay replay = new UniformReplay(6, 1);
    for (int i = 0; i < 20; i++) {
      replay.add(new float[] {i}, 0, 0f, STATE, 0f, i < 2);
    }
    assertEquals(6, replay.size());
    Batch batch = new Batch(400, 1);
    replay.sample(batch, new Random(1));
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < batch.size; i++) {
      held.add((int) batch.observations[i]);
    }
    assertEquals(List.of(0, 1, 16, 17, 18, 19), held.stream().distinct().sorted().toList());
  }

  @Test
  void drawsInProportionToPrioritiesAndWeightsAgainstThem() {
    PrioritisedReplay replay = new PrioritisedReplay(4, 1, 1, () -> 1, 1e-9);
    for (int i = 0; i < 4; i++) {
      replay.add(new float[] {i}, i, 0f, STATE, 0f, false);
    }
    Batch batch = new Batch(4, 1);
    replay.sample(batch, new Random(1));
    float[] errors = new float[4];
    for (int i = 0; i < 4; i++) {
      errors[i] = batch.actions[i] + 1;
    }
    replay.update(batch, errors);
    Batch many = new Batch(10_000, 1);
    replay.sample(many, new Random(2));
    int[] counts = new int[4];
    for (int i = 0; i < many.size; i++) {
      counts[many.actions[i]]++;
      assertEquals(1.0 / (many.actions[i] + 1), many.weights[i], 1e-4);
    }
    for (int a = 0; a < 4; a++) {
      assertEquals((a + 1) / 10.0, counts[a] / 10_000.0, 0.01, "action " + a);
    }
  }

  @Test
  void aSumTreeFindsEachElementAtItsShareOfTheSum() {
    Random random = new Random(3);
    for (int size : new int[] {1, 2, 3, 7, 64, 100}) {
      SumTree tree = new SumTree(size);
      double[] values = random.doubles(size).toArray();
      double[] kept = new double[size];
      for (int i = 0; i < size; i++) {
        tree.set(i, values[i]);
        kept[i] = tree.get(i);
      }
      assertArrayEquals(values, kept);
      double before = 0;
      for (int i = 0; i < size; i++) {
        assertEquals(i, tree.find(before + values[i] / 2));
        before += values[i];
      }
      assertTrue(tree.find(tree.sum()) < size, "rounding must not lead beyond the last element");
    }
  }
}
