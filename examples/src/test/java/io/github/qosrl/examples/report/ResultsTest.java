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
  void percentilesAreInterpolatedAsInTheSimulatedLinksScore() {
    double[] values = IntStream.rangeClosed(0, 100).mapToDouble(i -> i).toArray();
    assertEquals(new DelaySummary(50, 50, 95, 99), DelaySummary.of(values));
    assertEquals(0.95 * 3, DelaySummary.of(new double[] {3, 0}).p95(), 1e-12);
    assertTrue(Double.isNaN(DelaySummary.of(new double[0]).p95()));
  }

  @Test
  void utilisationWeighsEveryMomentByItsLengthAndLeavesOutTheWarmUp() {
    RunResult run = run(List.of(moment(-1, 10, 0), moment(1, 10, 10), moment(4, 20, 10)));
    assertEquals((10 * 1 + 10 * 3) / (10.0 * 1 + 20 * 3), run.utilisation(Direction.DOWNLOAD));
    assertEquals(10, run.throughput(Direction.DOWNLOAD));
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
  void aMeanComesWithStudentsInterval() {
    // t(0.975; 3 degrees of freedom) = 3.182446, as in any table.
    Confidence c = Confidence.of(1, 2, 3, 6, Double.NaN);
    assertEquals(3, c.mean(), 1e-12);
    assertEquals(3.182446 * Math.sqrt(14.0 / 3 / 4), c.halfWidth(), 1e-5);
    assertEquals("3.0 ± 3.4", c.toString());
    assertEquals("7.0", Confidence.of(7).toString());
    assertEquals("7.0 ± 0.0", Confidence.of(7, 7).toString());
    assertEquals("–", Confidence.of(Double.NaN).toString());
  }

  @Test
  void aComparisonShowsMeanAndInterval() {
    Table table =
        Comparison.table(List.of(run("a", 1, 8), run("a", 2, 6), run("b", 1, 9), run("b", 2, 7)));
    assertTrue(table.lines().get(2).contains("70 ± 127"), table.toString());
    assertTrue(table.lines().get(3).contains("80 ± 127"), table.toString());
  }

  @Test
  void differencesArePairedSoThatWhatTheCoursesShareCancels() {
    List<RunResult> runs = List.of(run("a", 1, 8), run("a", 2, 6), run("b", 1, 9), run("b", 2, 7));
    Table table = Comparison.differences(runs, "a");
    assertEquals(3, table.lines().size(), table.toString());
    assertTrue(table.lines().get(2).contains("10.0 ± 0.0"), table.toString());
  }

  @Test
  void drawnScenariosAreGroupedByFamilyAndSummedUpOverAll() {
    RunResult one = run("a", 1, 8);
    List<RunResult> runs = List.of(named(one, "dsl#1"), named(one, "dsl#4"), named(one, "cable#1"));
    assertEquals(
        List.of("dsl", "cable", "all"), RunGroup.of(runs).stream().map(RunGroup::kind).toList());
  }

  private static RunResult named(RunResult run, String scenario) {
    return new RunResult(
        run.agent(), scenario, run.seed(), run.moments(), run.inflation(), run.loss());
  }

  private static RunResult run(String agent, long seed, double throughput) {
    return new RunResult(
        agent,
        "s",
        seed,
        List.of(moment(1, 10, throughput)),
        DelaySummary.of(new double[] {0.01}),
        0);
  }

  private static RunResult run(List<Moment> moments) {
    return new RunResult("a", "s", 1, moments, DelaySummary.of(new double[] {0.01}), 0);
  }

  private static Moment moment(double seconds, double capacity, double throughput) {
    return new Moment(
        seconds, new Moment.Flow(capacity, Double.NaN, throughput), NOTHING, Double.NaN);
  }
}
