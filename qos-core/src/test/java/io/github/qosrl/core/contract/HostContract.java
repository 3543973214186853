package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostFile;
import io.github.qosrl.core.host.HostProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every host must do. Extend it, and give it a host that has a POSIX shell. */
@Timeout(120)
public abstract class HostContract {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** A new host. */
  protected abstract Host host() throws Exception;

  private static Command sh(String script, String... arguments) {
    String[] argv = new String[4 + arguments.length];
    argv[0] = "sh";
    argv[1] = "-c";
    argv[2] = script;
    argv[3] = "sh";
    System.arraycopy(arguments, 0, argv, 4, arguments.length);
    return Command.of(argv).within(SOON);
  }

  private static HostException.Kind failure(Host host, Command command) {
    return assertThrows(HostException.class, () -> host.run(command)).kind();
  }

  @Test
  void collectsOutputAndExitCode() throws Exception {
    try (Host host = host()) {
      Command command = sh("echo out; echo err >&2; exit 3");
      assertEquals(new CommandResult(command, 3, "out\n", "err\n"), host.run(command));
    }
  }

  @Test
  void aFailureThatIsThrownNamesCommandExitCodeAndError() throws Exception {
    try (Host host = host()) {
      CommandResult result = host.run(sh("echo no such thing >&2; exit 7"));
      HostException e = assertThrows(HostException.class, result::orThrow);
      assertEquals(HostException.Kind.FAILED, e.kind());
      assertTrue(e.toString().contains("exit code 7: no such thing"), e.toString());
    }
  }

  @Test
  void passesArgumentsOnAsTheyAre() throws Exception {
    try (Host host = host()) {
      Command command = sh("printf '[%s]' \"$@\"", " a  b ", "", "$HOME", "'\"", "*", "é\n");
      assertEquals("[ a  b ][][$HOME]['\"][*][é\n]", host.run(command).stdout());
    }
  }

  @Test
  void commandsReadTheirInput() throws Exception {
    try (Host host = host()) {
      String text = "line\n".repeat(100_000);
      assertEquals(text, host.run(Command.of("cat").within(SOON).withInput(text)).stdout());
    }
  }

  @Test
  void aCommandThatDoesNotReadItsInputIsNoError() throws Exception {
    try (Host host = host()) {
      String text = "line\n".repeat(100_000);
      assertTrue(host.run(sh("exit 0").withInput(text)).ok());
    }
  }

  @Test
  void commandsSpeakTheCLocale() throws Exception {
    try (Host host = host()) {
      assertEquals("C\n", host.run(sh("echo $LC_ALL")).stdout());
    }
  }

  @Test
  void keepsTheBeginningOfBoundlessOutput() throws Exception {
    try (Host host = host()) {
      CommandResult result = host.run(sh("head -c 20000000 /dev/zero; echo end >&2"));
      assertEquals(16 << 20, result.stdout().length());
      assertEquals("end\n", result.stderr());
    }
  }

  @Test
  void aSignalShowsInTheExitCode() throws Exception {
    try (Host host = host()) {
      assertEquals(128 + 9, host.run(sh("kill -9 $$")).exitCode());
    }
  }

  @Test
  void aMissingProgramIsTold() throws Exception {
    try (Host host = host()) {
      assertEquals(
          HostException.Kind.NOT_INSTALLED, failure(host, Command.of("no-such-program-here")));
    }
  }

  @Test
  void aCommandThatTakesTooLongIsKilledWithAllThatItStarted() throws Exception {
    try (Host host = host()) {
      String mark = "4" + System.nanoTime() % 1_000_000_000L;
      // The first one's parent is gone.
      Command slow =
          sh("(sleep " + mark + " &); sleep " + mark + "; true").within(Duration.ofMillis(300));
      assertEquals(HostException.Kind.TIMED_OUT, failure(host, slow));
      // What is killed dies when it is next given a processor.
      String gone =
          """
          for i in $(seq 100); do
            cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -q "[s]leep $1" || exit 0
            sleep 0.1
          done
          exit 1
          """;
      assertTrue(host.run(sh(gone, mark)).ok(), "still there: sleep " + mark);
    }
  }

  @Test
  void anInterruptEndsTheCommand() throws Exception {
    try (Host host = host()) {
      Background running = Background.run(() -> host.run(sh("sleep 60; true").within(SOON)));
      running.awaitBlocked();
      running.interrupt();
      assertInstanceOf(InterruptedException.class, running.failure());
    }
  }

  @Test
  void aStartedProcessHandsItsStreamsOver() throws Exception {
    try (Host host = host();
        HostProcess process = host.start(sh("while read x; do echo got $x; done; exit 5"))) {
      BufferedReader out =
          new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
      for (int i = 0; i < 20; i++) {
        process.stdin().write(("w" + i + "\n").getBytes(StandardCharsets.UTF_8));
        process.stdin().flush();
        assertEquals("got w" + i, out.readLine());
      }
      assertTrue(process.alive());
      assertTrue(process.exitCode().isEmpty());
      process.stdin().close();
      assertTrue(process.waitFor(SOON));
      assertEquals(5, process.exitCode().orElseThrow());
      assertFalse(process.alive());
    }
  }

  @Test
  void whatAProcessPrintedIsThereAfterItsEnd() throws Exception {
    try (Host host = host();
        HostProcess process = host.start(sh("echo last words; echo error >&2"))) {
      assertTrue(process.waitFor(SOON));
      assertEquals("last words\n", text(process.stdout().readAllBytes()));
      assertEquals("error\n", text(process.stderr().readAllBytes()));
    }
  }

  @Test
  void aStartedProcessLeadsASessionOfItsOwn() throws Exception {
    try (Host host = host();
        HostProcess process = host.start(Command.of("cat"))) {
      process.stdin().write('\n');
      process.stdin().flush();
      assertEquals('\n', process.stdout().read());
      // proc(5): pid, name, state, parent, group, session
      String stat = host.read("/proc/" + process.pid() + "/stat");
      assertEquals(String.valueOf(process.pid()), Splitter.on(' ').splitToList(stat).get(5), stat);
    }
  }

  @Test
  void closingAProcessEndsItEvenIfItIgnoresPoliteSignals() throws Exception {
    try (Host host = host()) {
      HostProcess process = host.start(sh("trap '' TERM; echo ready; while :; do sleep 1; done"));
      assertEquals('r', process.stdout().read());
      process.close();
      assertFalse(process.alive());
      assertDoesNotThrow(process::close);
    }
  }

  @Test
  void closingAProcessEndsAWriteThatItDoesNotRead() throws Exception {
    try (Host host = host()) {
      HostProcess process = host.start(Command.of("sleep", "60"));
      Background writing = Background.run(() -> writeForEver(process.stdin()));
      process.waitFor(Duration.ofMillis(50));
      process.close();
      assertInstanceOf(IOException.class, writing.failure());
    }
  }

  @Test
  void readsFiles() throws Exception {
    try (Host host = host()) {
      assertEquals(
          host.run(Command.of("cat", "/proc/version")).stdout(), host.read("/proc/version"));
    }
  }

  @Test
  void aFileThatIsReadAgainSaysWhatItHoldsNow() throws Exception {
    try (Host host = host();
        HostFile file = host.file("/proc/uptime")) {
      String first = file.read();
      String later = first;
      for (int i = 0; i < 1000 && later.equals(first); i++) {
        host.run(Command.of("true"));
        later = file.read();
      }
      assertNotEquals(first, later);
    }
  }

  @Test
  void aFileThatIsNotThereIsToldEachTime() throws Exception {
    try (Host host = host();
        HostFile file = host.file("/sys/class/net/nope0/ifindex")) {
      for (int i = 0; i < 2; i++) {
        HostException e = assertThrows(HostException.class, file::read);
        assertEquals(HostException.Kind.UNREACHABLE, e.kind());
      }
    }
  }

  @Test
  void aMissingFileIsTold() throws Exception {
    try (Host host = host()) {
      HostException e =
          assertThrows(HostException.class, () -> host.read("/sys/class/net/nope0/ifindex"));
      assertEquals(HostException.Kind.UNREACHABLE, e.kind());
      assertTrue(e.toString().contains("/sys/class/net/nope0/ifindex"), e.toString());
    }
  }

  @Test
  void aClosedHostHasEndedItsProcessesAndStartsNoMore() throws Exception {
    Host host = host();
    HostProcess process = host.start(Command.of("sleep", "60"));
    host.close();
    assertFalse(process.alive());
    assertThrows(HostException.class, () -> host.run(Command.of("true")));
    assertThrows(HostException.class, () -> host.start(Command.of("true")));
    assertDoesNotThrow(host::close);
  }

  private static void writeForEver(OutputStream to) throws IOException {
    byte[] chunk = new byte[1 << 16];
    while (true) {
      to.write(chunk);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
