package io.github.qosrl.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsTest {
  private static final Moment.Flow NOTHING = new Moment.Flow(Double.NaN, Double.NaN, Double.NaN);

  @TempDir private Path folder = Path.of("");

  @Test
  void percentilesAreOfTheNearestRank() {
    double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
    DelaySummary summary = DelaySummary.of(hundred);
    assertEquals(new DelaySummary(50.5, 50, 95, 99), summary);
    assertTrue(Double.isNaN(DelaySummary.of(new double[0]).p95()));
  }

  @Test
  void utilisationWeighsEveryMomentByItsLengthAndLeavesOutTheWarmUp() {
    RunResult run = run(List.of(moment(-1, 10, 0), moment(1, 10, 10), moment(4, 20, 10)));
    assertEquals((10 * 1 + 10 * 3) / (10.0 * 1 + 20 * 3), run.utilisation(Direction.DOWNLOAD));
    assertTrue(Double.isNaN(run.utilisation(Direction.UPLOAD)));
  }

  @Test
  void aTableAlignsNumbersToTheRightAndWordsToTheLeft() {
    Table table = new Table("agent", "ms").row("none", "1413").row("static 50%", "9");
    assertEquals(
        List.of("agent         ms", "----------------", "none        1413", "static 50%     9"),
        table.lines());
    assertThrows(IllegalArgumentException.class, () -> table.row("one"));
  }

  @Test
  void whatIsNotKnownIsAbsentInEveryFile() throws Exception {
    RunResult run = run(List.of(moment(1, 10e6, 9e6)));
    ReportFolder.at(folder).write(List.of(run));
    assertTrue(
        Files.readString(folder.resolve("a-s-1.csv")).endsWith("1.000,10000000,,9000000,,,,\n"));
    String json = Files.readString(folder.resolve("a-s-1.jsonl"));
    assertFalse(json.contains("NaN") || json.contains("upload"), json);
    assertFalse(Files.readString(folder.resolve("results.json")).contains("NaN"));
    assertTrue(ImageIO.read(folder.resolve("a-s-1.png").toFile()).getWidth() >= 1000);
  }

  @Test
  void aComparisonShowsMeanAndSpread() {
    Table table =
        Comparison.table(List.of(run(List.of(moment(1, 10, 8))), run(List.of(moment(1, 10, 6)))));
    assertTrue(table.lines().get(2).contains("70 ± 14"), table.toString());
  }

  private static RunResult run(List<Moment> moments) {
    return new RunResult("a", "s", 1, moments, DelaySummary.of(new double[] {0.01}), 0);
  }

  private static Moment moment(double seconds, double capacity, double throughput) {
    return new Moment(
        seconds, new Moment.Flow(capacity, Double.NaN, throughput), NOTHING, Double.NaN);
  }
}
