package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.MlpPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private static final DqnConfig CONFIG =
      DqnConfig.builder()
          .hidden(16, 16)
          .batchSize(16)
          .warmup(100)
          .replayCapacity(500)
          .nStep(3)
          .dueling(true)
          .prioritised(Prioritisation.proportional(1000))
          .exploration(Schedule.linear(1, 0.1, 800))
          .targetUpdate(TargetUpdate.hard(50))
          .seed(42)
          .build();

  @TempDir Path directory;

  private static Trainer.Builder trainer() {
    return Trainer.builder(Task.of(CartPole::new), CONFIG).evaluateEvery(400).evaluationSeeds(1, 2);
  }

  @Test
  void oneSeedGivesTheSameWeightsToTheLastBit() throws Exception {
    MlpPolicy first = trainer().steps(1000).build().run().network();
    MlpPolicy second = trainer().steps(1000).build().run().network();
    assertSame(first, second);
  }

  @Test
  void anotherSeedGivesOtherWeights() throws Exception {
    float[] first = weights(trainer().steps(300).build().run().network());
    DqnConfig other = CONFIG.toBuilder().seed(43).build();
    Trainer trainer = Trainer.builder(Task.of(CartPole::new), other).steps(300).build();
    assertTrue(weights(trainer.run().network())[0] != first[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aResumedRunGoesOnAsTheUninterruptedOneWould(int environments) throws Exception {
    Path file = directory.resolve("run.checkpoint");
    // 730 is in the middle of an episode, of n-step returns, and of everything else.
    long middle = 730;
    trainer().environments(environments).steps(middle).checkpoint(file, 250).build().run();
    TrainingResult resumed =
        trainer().environments(environments).steps(1600).checkpoint(file, 250).build().run();
    Path other = directory.resolve("other.checkpoint");
    TrainingResult straight =
        trainer().environments(environments).steps(1600).checkpoint(other, 250).build().run();
    assertEquals(straight.episodes(), resumed.episodes());
    assertEquals(-1, Files.mismatch(file, other), "the states differ");
    assertSame(straight.network(), resumed.network());
  }

  @Test
  void refusesADamagedCheckpointAndOneOfAnotherConfiguration() throws Exception {
    Path file = directory.resolve("run.checkpoint");
    trainer().steps(200).checkpoint(file, 100).build().run();
    DqnConfig other = CONFIG.toBuilder().discount(0.5).build();
    Trainer stranger =
        Trainer.builder(Task.of(CartPole::new), other).steps(300).checkpoint(file, 100).build();
    assertMessage(stranger, "another configuration");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertMessage(trainer().steps(300).checkpoint(file, 100).build(), "damaged");
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertMessage(trainer().steps(300).checkpoint(file, 100).build(), "damaged");
    Files.writeString(file, "not a checkpoint at all");
    assertMessage(trainer().steps(300).checkpoint(file, 100).build(), "not a checkpoint");
  }

  private static void assertMessage(Trainer trainer, String part) {
    QosException e = assertThrows(QosException.class, trainer::run);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  @Test
  void leavesNothingBesideTheCheckpoint() throws Exception {
    trainer().steps(300).checkpoint(directory.resolve("a"), 100).build().run();
    try (var files = Files.list(directory)) {
      assertEquals(List.of(directory.resolve("a")), files.toList());
    }
  }

  @Test
  void namesTheDirectoryThatIsMissing() throws IOException {
    Path file = directory.resolve("missing/run.checkpoint");
    assertMessage(trainer().steps(300).checkpoint(file, 100).build(), "create it");
  }

  @Test
  void keepsTheNetworkOfTheBestEvaluationAndTellsListeners() throws Exception {
    List<Evaluation> evaluations = new ArrayList<>();
    List<TrainingProgress> reports = new ArrayList<>();
    List<TrainingListener.Episode> episodes = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEvaluation(Evaluation evaluation) {
            evaluations.add(evaluation);
          }

          @Override
          public void onProgress(TrainingProgress progress) {
            reports.add(progress);
          }

          @Override
          public void onEpisode(Episode episode) {
            episodes.add(episode);
          }
        };
    TrainingResult result = trainer().steps(2000).listener(listener).build().run();
    double best = evaluations.stream().mapToDouble(Evaluation::mean).max().orElseThrow();
    assertEquals(5, evaluations.size());
    assertEquals(best, result.best().orElseThrow().mean());
    try (Evaluator evaluator = new Evaluator(Task.of(CartPole::new))) {
      assertEquals(
          result.best().orElseThrow().returns(), evaluator.returns(result.network(), 1, 2));
    }
    assertEquals(3, reports.size());
    assertEquals(result.episodes(), episodes.size());
    assertEquals(1, reports.get(2).fraction());
    assertEquals(TrainingResult.Reason.STEPS, result.reason());
  }

  @Test
  void stopsWhenGoodEnoughWhenNoLongerBetterAndWhenAsked() throws Exception {
    assertEquals(
        TrainingResult.Reason.SOLVED, trainer().steps(5000).stopAtReturn(1).build().run().reason());
    DqnConfig idle = CONFIG.toBuilder().learningRate(0).build();
    Trainer hopeless =
        Trainer.builder(Task.of(CartPole::new), idle)
            .steps(9000)
            .evaluateEvery(100)
            .patience(3)
            .build();
    TrainingResult result = hopeless.run();
    assertEquals(TrainingResult.Reason.NO_IMPROVEMENT, result.reason());
    assertEquals(400, result.steps());
    Trainer stopped = trainer().steps(9000).build();
    stopped.stop();
    assertEquals(TrainingResult.Reason.STOPPED, stopped.run().reason());
    assertEquals(TrainingResult.Reason.EPISODES, trainer().episodes(3).build().run().reason());
  }

  @Test
  void tellsAllMistakesAtOnce() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> trainer().steps(0).environments(0).patience(0).build());
    assertTrue(String.valueOf(e.getMessage()).startsWith("training has 3 mistakes"));
  }

  private static float[] weights(MlpPolicy network) {
    return network.parameters().values().iterator().next();
  }

  private static void assertSame(MlpPolicy a, MlpPolicy b) {
    a.parameters()
        .forEach((name, values) -> assertArrayEquals(values, b.parameters().get(name), name));
  }
}
