package io.github.qosrl.examples.config;

import io.github.qosrl.core.spi.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a run is logged to. Commas stand between two names, so there is none in a name.
 */
final class LogNames {
  private LogNames() {}

  /** Reads {@code log}. */
  static List<Path> read(Settings s) {
    List<String> names = s.list("log", List.of());
    names.forEach(name -> check(s, name));
    return names.stream().map(Path::of).toList();
  }

  private static void check(Settings s, String name) {
    if (!name.endsWith(".csv") && !name.endsWith(".jsonl")) {
      s.problem(
          "log",
          "names '%s'; accepted: files that end in .csv or .jsonl, with commas between them, so no name has one"
              .formatted(name));
      return;
    }
    Path folder = Path.of(name).toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      s.problem("log", "names '%s', but there is no folder '%s'".formatted(name, folder));
    }
  }
}
