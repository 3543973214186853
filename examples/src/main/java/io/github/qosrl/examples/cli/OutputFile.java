package io.github.qosrl.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds out that a file cannot be written before the work that it is to hold is done. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Checks that a file can be written, without touching it.
   *
   * @param option by which the user named it
   * @throws UsageException if it cannot; says why
   */
  static void requireWritable(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      refuse(option, file, "it is a folder");
    } else if (!Files.isDirectory(folder)) {
      refuse(option, file, "there is no folder '" + folder + "'");
    } else if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      refuse(option, file, "permission denied");
    }
  }

  /**
   * Checks that a folder can be made or written to, without touching it.
   *
   * @param option by which the user named it
   * @throws UsageException if it cannot; says why
   */
  static void requireFolder(String option, @Nullable Path folder) {
    if (folder == null) {
      return;
    }
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      refuse(option, folder, "'" + there + "' is no folder");
    } else if (!Files.isWritable(there)) {
      refuse(option, folder, "permission denied in '" + there + "'");
    }
  }

  private static void refuse(String option, Path file, String reason) {
    throw new UsageException("%s '%s' cannot be written: %s".formatted(option, file, reason));
  }
}
