package io.github.qosrl.core.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import io.github.qosrl.core.contract.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ExitGuardIT {
  private static final String UNDONE = "it's $HOME\n\"undone\" é";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private Path file;
  private Host host;

  @BeforeEach
  void start() {
    file = directory.resolve("undone");
    host = Hosts.local();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void afterAKillTheCommandsRunAndNoProcessIsLeft() throws Exception {
    survives("local", "wait", UNDONE);
  }

  @Test
  void afterAnExitWithoutCloseTheCommandsRunAndNoProcessIsLeft() throws Exception {
    survives("local", "exit", UNDONE);
  }

  @Test
  void afterACloseNothingRunsAndNoProcessIsLeft() throws Exception {
    survives("local", "close", "");
  }

  @Test
  void worksInANamespaceToo() throws Exception {
    Needs.namespaces();
    host.run(Command.of("ip", "netns", "add", "host-guard")).orThrow();
    try {
      survives("netns:host-guard", "wait", UNDONE);
    } finally {
      host.run(Command.of("ip", "netns", "del", "host-guard")).orThrow();
    }
  }

  /** Starts the program, ends it, and compares what its guard did. */
  private void survives(String where, String what, String expected) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    HostProcess program =
        host.start(
            Command.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GuardedProgram.class.getName(),
                where,
                what,
                file.toString()));
    BufferedReader out =
        new BufferedReader(new InputStreamReader(program.stdout(), StandardCharsets.UTF_8));
    List<Long> children =
        Splitter.on(' ').splitToStream(out.readLine()).map(Long::parseLong).toList();
    if (what.equals("wait")) {
      children.forEach(pid -> assertTrue(alive(pid), "child " + pid + " is not there"));
      ProcessHandle.of(program.pid()).orElseThrow().destroyForcibly();
    }
    assertTrue(program.waitFor(PATIENCE));
    assertEquals(4, children.size());
    if (!expected.isEmpty()) {
      await(
          () ->
              Files.exists(file) && size(file) == expected.getBytes(StandardCharsets.UTF_8).length,
          "undo");
      assertEquals(expected, Files.readString(file));
    }
    await(() -> children.stream().noneMatch(ExitGuardIT::alive), "end of " + children);
    assertEquals(expected, Files.exists(file) ? Files.readString(file) : "");
    program.close();
  }

  @Test
  void aKilledGuardIsNoticedAndStartedAnew() throws Exception {
    try (ExitGuard guard = ExitGuard.start(host)) {
      guard.undo(List.of(Command.of("touch", file.toString())));
      long first = ((ProcessHost) host).will().shellPid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      await(() -> !guard.alive(), "end of the guard");
      guard.undo(List.of(Command.of("touch", file.toString())));
      assertTrue(guard.alive());
      assertNotEquals(first, ((ProcessHost) host).will().shellPid());
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void politeSignalsDoNotEndIt() throws Exception {
    try (ExitGuard guard = ExitGuard.start(host)) {
      long pid = ((ProcessHost) host).will().shellPid();
      for (String signal : List.of("HUP", "INT", "QUIT", "TERM")) {
        host.run(Command.of("kill", "-s", signal, "--", "-" + pid)).orThrow();
      }
      guard.undo(List.of());
      assertEquals(pid, ((ProcessHost) host).will().shellPid());
      assertTrue(guard.alive());
    }
  }

  @Test
  void aHostThatIsClosedFirstRunsTheCommands() throws Exception {
    ExitGuard guard = ExitGuard.start(host);
    guard.undo(List.of(Command.of("touch", file.toString())));
    host.close();
    assertTrue(Files.exists(file));
    guard.close();
  }

  @Test
  void guardsOfOneHostShareAShellAndTheLatestUndoesFirst() throws Exception {
    ExitGuard one = ExitGuard.start(host);
    ExitGuard another = ExitGuard.start(host);
    ExitGuard withdrawn = ExitGuard.start(host);
    one.undo(List.of(Command.of("tee", "-a", file.toString()).withInput("one")));
    another.undo(List.of(Command.of("tee", "-a", file.toString()).withInput("another ")));
    withdrawn.undo(List.of(Command.of("tee", "-a", file.toString()).withInput("withdrawn")));
    withdrawn.close();
    host.close();
    assertEquals("another one", Files.readString(file));
  }

  @Test
  void whatMustLastIsEndedAfterTheCommands() throws Exception {
    HostProcess lasting = host.start(Command.of("sleep", "300"));
    HostProcess other = host.start(Command.of("sleep", "300"));
    String report = "for p; do kill -s 0 $p && echo $p >>$0; done";
    ExitGuard guard = ExitGuard.start(host);
    guard.undo(
        List.of(
            Command.of(
                "sh",
                "-c",
                report,
                file.toString(),
                Long.toString(lasting.pid()),
                Long.toString(other.pid()))),
        List.of(lasting));
    assertEquals(guard.pid(), ((ProcessHost) host).will().shellPid());
    host.close();
    assertEquals(lasting.pid() + "\n", Files.readString(file));
    assertFalse(lasting.alive());
  }

  /** Whether it runs; an orphan that ended does not, even where process 1 never reaps it. */
  private static boolean alive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException e) {
      return false;
    }
  }

  private static long size(Path path) {
    return path.toFile().length();
  }

  private static void await(BooleanSupplier condition, String what) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "no " + what + " within " + PATIENCE);
      Thread.sleep(20);
    }
  }
}
