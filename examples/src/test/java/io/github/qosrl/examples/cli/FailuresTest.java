package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.LinkInUseException;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.rl.MissingBackendException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FailuresTest {
  @Test
  void exitCodesTellWhoseMistakeItWas() {
    assertEquals(ExitCode.USAGE, Failures.codeOf(new ConfigurationException(List.of("x"))));
    assertEquals(ExitCode.USAGE, Failures.codeOf(new UsageException("x")));
    assertEquals(ExitCode.ENVIRONMENT, Failures.codeOf(new ShaperException("x")));
    assertEquals(ExitCode.ENVIRONMENT, Failures.codeOf(new ProbeException("x")));
    assertEquals(ExitCode.ENVIRONMENT, Failures.codeOf(new IOException("x")));
    assertEquals(
        ExitCode.ENVIRONMENT,
        Failures.codeOf(new MissingBackendException("x", new IllegalStateException())));
    assertEquals(ExitCode.IN_USE, Failures.codeOf(new LinkInUseException("x")));
    assertEquals(ExitCode.INTERRUPTED, Failures.codeOf(new InterruptedException()));
    assertEquals(ExitCode.INTERNAL, Failures.codeOf(new IllegalStateException("x")));
  }

  @Test
  void aFullDiskIsToldWithTheFile() {
    assertEquals(
        "'run.csv': No space left on device",
        Failures.messageOf(new FileSystemException("run.csv", null, "No space left on device")));
  }
}
