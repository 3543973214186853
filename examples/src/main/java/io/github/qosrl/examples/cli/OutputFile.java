package io.github.qosrl.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out that a file cannot be written before the work that it is to hold is done. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Checks that a file can be written, without touching it.
   *
   * @param option by which the user named it
   * @throws UsageException if it cannot
   */
  static void requireWritable(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean possible =
        Files.exists(file)
            ? Files.isRegularFile(file) && Files.isWritable(file)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!possible) {
      throw new UsageException(
          "%s '%s' cannot be written: its folder does not exist, or it is not yours"
              .formatted(option, file));
    }
  }
}
