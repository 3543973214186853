package io.github.qosrl.core.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of 64 kB that runs full in the middle of a line. */
class LogFileIT {
  @TempDir private Path directory;

  @Test
  void aDiskThatRunsFullKeepsEveryCompleteLine() throws Exception {
    Needs.root();
    Command mount =
        Command.of("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString());
    try (Host host = Hosts.local()) {
      host.run(mount).orThrow();
      try {
        fill(directory.resolve("log"));
      } finally {
        host.run(Command.of("umount", directory.toString())).orThrow();
      }
    }
  }

  private static void fill(Path path) throws Exception {
    String line = "x".repeat(996);
    try (LogFile file = LogFile.open(path)) {
      for (int i = 100; i < 200; i++) {
        file.add(i + line, Instant.EPOCH.plusSeconds(i));
      }
      assertTrue(file.failure().isPresent());
    }
    List<String> lines = Files.readAllLines(path);
    assertEquals(65, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      assertEquals(100 + i + line, lines.get(i));
    }
    assertEquals(65 * 1000, Files.size(path));
  }
}
