package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed again and again, at any moment, ends as if nothing had happened. */
final class SuddenEndIT {
  private static final int KILLS = 5;
  private static final long INTERVAL = 100;

  @TempDir Path directory;

  @Test
  void killedTrainingLosesAtMostAnIntervalAndGoesOnBitForBit() throws Exception {
    Path file = directory.resolve("killed.checkpoint");
    SplittableRandom random = new SplittableRandom(3);
    long reached = 0;
    for (int i = 0; i < KILLS; i++) {
      long[] firstAndLast = killAfter(file, 1 + random.nextInt(40));
      assertTrue(firstAndLast[0] > reached - INTERVAL, firstAndLast[0] + " after " + reached);
      reached = firstAndLast[1];
    }
    TrainingChild.trainer(file).build().run();
    Path other = directory.resolve("straight.checkpoint");
    TrainingChild.trainer(other).build().run();
    assertEquals(-1, Files.mismatch(file, other), "the states differ");
  }

  /** Kills a training after some of its reports; returns the steps of the first and the last. */
  private static long[] killAfter(Path file, int reports) throws Exception {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    TrainingChild.class.getName(),
                    file.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = child.inputReader()) {
      long first = Long.parseLong(String.valueOf(lines.readLine()));
      long last = first;
      for (int i = 1; i < reports; i++) {
        last = Long.parseLong(String.valueOf(lines.readLine()));
      }
      return new long[] {first, last};
    } finally {
      child.destroyForcibly();
      assertTrue(child.waitFor(10, TimeUnit.SECONDS));
    }
  }
}
