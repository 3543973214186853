package io.github.qosrl.linux.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.contract.HostContract;
import io.github.qosrl.core.contract.LoopbackSshd;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.host.Hosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A host over SSH keeps what every host promises, and tells what is wrong with the way to it. */
@TestInstance(Lifecycle.PER_CLASS)
class SshHostIT extends HostContract {
  private static final Command TRUE = Command.of("true");

  /** Whether a process still runs: one that is dead, and that nobody has reaped yet, does not. */
  private static final String LIVES =
      "case $(cut -d ' ' -f 3 /proc/$1/stat 2>/dev/null) in ''|Z|X) exit 1;; esac";

  private LoopbackSshd sshd;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    sshd = LoopbackSshd.start(directory, "");
  }

  @AfterAll
  void stop() throws Exception {
    if (sshd != null) {
      sshd.close();
    }
  }

  @Override
  protected Host host() {
    return Hosts.parse(sshd.address());
  }

  private SshOptions options() {
    return SshOptions.of("127.0.0.1")
        .withPort(sshd.port())
        .withUser("root")
        .withIdentities(List.of(sshd.key("user")))
        .withKnownHosts(sshd.knownHosts())
        .withTimeout(Duration.ofMinutes(1));
  }

  private static HostException failure(SshOptions options) {
    try (Host host = SshHosts.open(options)) {
      return assertThrows(HostException.class, () -> host.run(TRUE));
    }
  }

  private static void assertSays(String what, HostException e) {
    assertTrue(String.valueOf(e.getMessage()).contains(what), e.getMessage());
  }

  @Test
  void anUnknownServerIsRefusedAndItsKeyShown(@TempDir Path empty) {
    HostException e = failure(options().withKnownHosts(empty.resolve("known_hosts")));
    assertEquals(HostException.Kind.NOT_PERMITTED, e.kind());
    assertSays("ssh-ed25519 SHA256:", e);
    assertSays("ssh-keyscan -p " + sshd.port() + " 127.0.0.1", e);
  }

  @Test
  void aServerWithAnotherKeyThanTheKnownIsRefused(@TempDir Path directory) throws Exception {
    try (LoopbackSshd other = LoopbackSshd.start(directory, "")) {
      other.changeKnownKey();
      HostException e =
          failure(options().withPort(other.port()).withKnownHosts(other.knownHosts()));
      assertEquals(HostException.Kind.NOT_PERMITTED, e.kind());
      assertSays("another one than in", e);
    }
  }

  @Test
  void theCheckCanBeSwitchedOff(@TempDir Path empty) throws Exception {
    SshOptions lax = options().withKnownHosts(empty.resolve("none")).withoutHostKeyCheck();
    try (Host host = SshHosts.open(lax)) {
      assertTrue(host.run(TRUE).ok());
    }
  }

  @Test
  void aKeyThatTheServerDoesNotKnowIsTold() {
    HostException e = failure(options().withIdentities(List.of(sshd.key("stranger"))));
    assertEquals(HostException.Kind.NOT_PERMITTED, e.kind());
    assertSays("refuses every key", e);
    assertSays("ssh-copy-id", e);
  }

  @Test
  void aNameThatNobodyKnowsIsTold() {
    HostException e = failure(SshOptions.of("no-such-router.invalid"));
    assertSays("no-such-router.invalid cannot be reached over SSH: its name is not known here", e);
  }

  @Test
  void aServerThatIsNotThereIsLeftAloneForAWhile() {
    VirtualClock clock = new VirtualClock();
    try (SshConnection connection = new SshConnection(options().withPort(1), clock)) {
      HostException first = assertThrows(HostException.class, () -> connection.channel("true"));
      assertEquals(HostException.Kind.NOT_CONNECTED, first.kind());
      assertSays("127.0.0.1:1 cannot be reached over SSH: Connection refused", first);
      HostException again = assertThrows(HostException.class, () -> connection.channel("true"));
      assertEquals(first.getMessage(), again.getMessage());
      // Nobody knocked: only a new try has a cause of its own.
      assertEquals(null, again.getCause());
      clock.advance(Duration.ofSeconds(1));
      HostException later = assertThrows(HostException.class, () -> connection.channel("true"));
      assertTrue(later.getCause() != null);
    }
  }

  @Test
  void aConnectionThatWasCutIsMadeAnew() throws Exception {
    try (Host host = host()) {
      HostProcess process = host.start(Command.of("sleep", "300"));
      String pid = Long.toString(process.pid());
      sshd.cut();
      assertTrue(process.waitFor(Duration.ofSeconds(30)), "the end was not noticed");
      assertEquals(SshProcess.CUT_OFF, process.exitCode().orElseThrow());
      // What ran over it is gone on the other side, too, before anything else runs there.
      assertFalse(host.run(Command.of("sh", "-c", LIVES, "sh", pid)).ok(), pid + " lives");
      assertFalse(host.read("/proc/version").isEmpty());
    }
  }

  @Test
  void silenceIsTakenForTheEnd() throws Exception {
    try (Host host = Hosts.parse(sshd.address() + "&patience=5s")) {
      HostProcess process = host.start(Command.of("sleep", "300"));
      String pid = Long.toString(process.pid());
      sshd.fallSilent();
      try {
        assertTrue(process.waitFor(Duration.ofSeconds(60)), "silence was not noticed");
      } finally {
        sshd.resume();
      }
      // Whoever listens at the other end notices by itself, and may be a moment later.
      Command untilGone =
          Command.of("sh", "-c", "while kill -0 \"$1\" 2>/dev/null; do sleep 0.1; done", "sh", pid);
      assertTrue(host.run(untilGone.within(Duration.ofSeconds(60))).ok(), "process lives on");
    }
  }

  @Test
  void nothingRunsBeforeWhatAnEarlierConnectionLeftIsUndone(@TempDir Path directory)
      throws Exception {
    String undone = directory.resolve("undone").toString();
    try (Host host = host();
        ExitGuard guard = ExitGuard.start(host)) {
      guard.undo(List.of(Command.of("sleep", "3"), Command.of("touch", undone)));
      sshd.refuse();
      try {
        assertThrows(HostException.class, () -> host.run(TRUE));
      } finally {
        sshd.resume();
      }
      assertTrue(untilItRuns(host, Command.of("test", "-e", undone)).ok());
    }
  }

  /** A server that was not there is left alone for a while. */
  private static CommandResult untilItRuns(Host host, Command command) throws Exception {
    for (int i = 0; ; i++) {
      try {
        return host.run(command);
      } catch (HostException e) {
        assertTrue(i < 600, e.toString());
        Thread.sleep(100);
      }
    }
  }

  @Test
  void theAgentSignsInsteadOfAFile(@TempDir Path directory) throws Exception {
    Path socket = directory.resolve("agent");
    try (Host local = Hosts.local();
        HostProcess agent = local.start(Command.of("ssh-agent", "-D", "-a", socket.toString()))) {
      assertTrue(agent.alive());
      Command add =
          Command.of(
              "sh",
              "-c",
              "until [ -S \"$1\" ]; do sleep 0.1; done; SSH_AUTH_SOCK=$1 ssh-add -q \"$2\"",
              "sh",
              socket.toString(),
              sshd.key("user").toString());
      local.run(add.within(Duration.ofSeconds(30))).orThrow();
      SshOptions options = options().withIdentities(List.of());
      try (SshConnection connection =
          new SshConnection(options, socket.toString(), new VirtualClock())) {
        assertTrue(connection.channel("true").open().verify(Duration.ofSeconds(30)).isOpened());
      }
    }
  }
}
