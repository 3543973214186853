package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.QosException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLogTest {
  private static final TrainingProgress PROGRESS =
      new TrainingProgress(1000, 5000, 40, 100, 900, 0.5, 0.25, Double.NaN, 21, 6000);
  private static final Evaluation EVALUATION = new Evaluation(1000, List.of(1.0, 3.0), true);

  @TempDir Path directory;

  @Test
  void writesCsvWithOneHeaderHoweverOftenItIsOpened() throws Exception {
    Path file = directory.resolve("log.csv");
    for (int i = 0; i < 2; i++) {
      try (TrainingLog log = TrainingLog.csv(file)) {
        log.onProgress(PROGRESS);
        log.onEvaluation(EVALUATION);
      }
    }
    List<String> lines = Files.readAllLines(file);
    assertEquals(5, lines.size());
    assertTrue(lines.get(0).startsWith("event,step,episodes,gradient_steps,epsilon,loss,mean_q,"));
    assertEquals("progress,1000,40,900,0.500000,0.250000,,21.0000,6000.00,,,", lines.get(1));
    assertEquals("evaluation,1000,,,,,,,,2.00000,1.41421,true", lines.get(2));
  }

  @Test
  void writesJsonLinesWithoutWhatIsUnknown() throws Exception {
    Path file = directory.resolve("log.jsonl");
    try (TrainingLog log = TrainingLog.jsonLines(file)) {
      log.onProgress(PROGRESS);
      log.onEvaluation(EVALUATION);
    }
    List<String> lines = Files.readAllLines(file);
    assertEquals(
        "{\"event\":\"evaluation\",\"step\":1000,\"evaluation_return\":2.00000,"
            + "\"evaluation_deviation\":1.41421,\"best\":true}",
        lines.get(1));
    assertTrue(!lines.get(0).contains("mean_q"), lines.get(0));
  }

  @Test
  void namesTheDirectoryThatIsMissing() {
    Path file = directory.resolve("missing/log.csv");
    QosException e = assertThrows(QosException.class, () -> TrainingLog.csv(file));
    assertTrue(String.valueOf(e.getMessage()).contains("create it"), e.getMessage());
  }

  @Test
  void aFullDiskStopsTheLogNotTheTraining() throws Exception {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "/dev/full is missing");
    try (TrainingLog log = TrainingLog.jsonLines(full)) {
      log.onProgress(PROGRESS);
      log.onEvaluation(EVALUATION);
    }
  }
}
