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

  @Test
  void anInterruptedCommandSaysOfItselfWhatItLeaves() {
    assertEquals("interrupted; the link is as it was found", interrupted("run"));
    assertEquals("interrupted; 'policy.safetensors' was not written", interrupted("train"));
    assertEquals(
        "interrupted; the link is as it was found, and 'p.safetensors' was not written",
        interrupted("train", "--live", "--out", "p.safetensors"));
    assertEquals("interrupted", interrupted("compare"));
  }

  private static String interrupted(String... args) {
    Invocation run = new Invocation();
    Object command = run.commandLine().parseArgs(args).subcommand().commandSpec().userObject();
    ExitCode code = new Failures(run.terminal, false).report(new InterruptedException(), command);
    assertEquals(ExitCode.INTERRUPTED, code);
    return run.err().strip().replace("qos: ", "");
  }
}
