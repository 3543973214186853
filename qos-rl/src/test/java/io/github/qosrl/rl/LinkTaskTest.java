package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.LinkFeatures;
import io.github.qosrl.core.policy.MultiplierActions;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.reward.UtilityReward;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.SimulatedLink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTaskTest {
  private static final DqnConfig CONFIG =
      DqnConfig.builder().hidden(16, 16).batchSize(16).warmup(100).replayCapacity(5000).build();

  @TempDir Path directory;

  private static LinkTask task() {
    return LinkTask.of(
        () -> new SimulatedLink(Scenarios.named("lte")),
        new LinkFeatures(),
        new MultiplierActions());
  }

  @Test
  void trainsAPolicyOnASimulatedLink() throws Exception {
    LinkTask task = task().withReward(UtilityReward.standard());
    TrainingResult result =
        Trainer.builder(task, CONFIG)
            .steps(700)
            .evaluateEvery(350)
            .evaluationSeeds(1)
            .build()
            .run();
    Policy policy = task.policy(result.network(), Map.of("scenario", "lte"));
    assertEquals(new LinkFeatures().size(), policy.network().shape().inputs());
    assertEquals(700, result.steps());
  }

  @Test
  void aResumedRunGoesOnInTheMiddleOfALinksEpisode() throws Exception {
    Path file = directory.resolve("a");
    Path other = directory.resolve("b");
    for (long steps : new long[] {330, 900}) {
      run(steps, file);
    }
    run(900, other);
    assertEquals(-1, Files.mismatch(file, other), "the states differ");
  }

  private static void run(long steps, Path file) throws Exception {
    Trainer.builder(task(), CONFIG)
        .environments(2)
        .steps(steps)
        .evaluateEvery(0)
        .checkpoint(file, 100)
        .build()
        .run();
  }

  @Test
  void controlsOnlyTheDirectionsItIsGiven() throws Exception {
    LinkTask upload = task().controlling(Set.of(Direction.UPLOAD));
    assertEquals(1, upload.streams());
    assertThrows(IllegalArgumentException.class, () -> task().controlling(Set.of()));
  }

  @Test
  void refusesARecordingThatIsNone() throws Exception {
    Path log = Files.writeString(directory.resolve("run.jsonl"), "{\"type\":\"song\"}\n");
    Trainer trainer =
        Trainer.builder(task(), CONFIG)
            .demonstrations(task().recorded(List.of(log)), 0)
            .steps(10)
            .build();
    QosException e = assertThrows(QosException.class, trainer::run);
    assertTrue(String.valueOf(e.getMessage()).contains("run.jsonl"), e.getMessage());
  }
}
