package io.github.qosrl.examples.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.examples.report.DelaySummary;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabEventTest {
  private static final Moment MOMENT =
      new Moment(
          1.5, new Moment.Flow(2e7, Double.NaN, 1.9e7), new Moment.Flow(5e6, 1e6, 0), Double.NaN);

  @Test
  void comesBackFromItsLineWithWhatIsNotKnown() {
    LabEvent event = new LabEvent("static 50%", 3, MOMENT);
    assertEquals(Optional.of(event), LabEvent.parse(event.line()));
  }

  @Test
  void whatTheKernelSaysIsNoEvent() {
    String line = new LabEvent("none", 1, MOMENT).line();
    assertEquals(Optional.empty(), LabEvent.parse("random: crng init done"));
    assertEquals(Optional.empty(), LabEvent.parse(line.substring(0, 40) + "oops"));
    assertEquals(Optional.empty(), LabEvent.parse(""));
  }

  @Test
  void resultsComeBackFromTheirFile(@TempDir Path folder) throws Exception {
    RunResult result =
        new RunResult("a", "s", 2, List.of(MOMENT), new DelaySummary(1, 2, 3, 4), Double.NaN);
    LabEvent.write(folder.resolve("results"), List.of(result));
    assertEquals(List.of(result), LabEvent.read(folder.resolve("results")));
  }
}
