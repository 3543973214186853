package io.github.qosrl.examples.report;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report on a file system of 16 kB: the table finds its place there, the plots do not. */
final class ReportFolderIT {
  @TempDir private Path disk = Path.of("");

  @Test
  void aFullDiskIsToldWithTheFolderAndTheTableIsKept() throws Exception {
    Needs.root();
    Command mount = Command.of("mount", "-t", "tmpfs", "-o", "size=16k", "qos", disk.toString());
    try (Host host = Hosts.local()) {
      host.run(mount).orThrow();
      try {
        Path report = disk.resolve("report");
        IOException e =
            assertThrows(IOException.class, () -> ReportFolder.at(report).write(List.of(run())));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("report in '" + report + "' is incomplete"), message);
        assertTrue(message.contains("space"), message);
        assertTrue(Files.readString(report.resolve("table.txt")).contains("agent"));
      } finally {
        host.run(Command.of("umount", disk.toString())).orThrow();
      }
    }
  }

  private static RunResult run() {
    Moment.Flow flow = new Moment.Flow(10e6, 9e6, 8e6);
    List<Moment> moments =
        List.of(new Moment(1, flow, flow, 0.01), new Moment(2, flow, flow, 0.02));
    return new RunResult("a", "s", 1, moments, DelaySummary.of(new double[] {0.01, 0.02}), 0);
  }
}
