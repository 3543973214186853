package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.LinkInUseException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.LoopbackSshd;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.host.Hosts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One controller comes when another goes: neither may undo what the other did. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class TakeOverIT {
  private static final ShapingPlan PLAN =
      ShapingPlan.of(BitRate.parse("9mbit"), BitRate.parse("3mbit"));

  private RouterLab lab;
  private String found = "";

  @BeforeAll
  void setUp() throws Exception {
    lab = RouterLab.start();
    found = lab.configured();
  }

  @AfterAll
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  private static TcShaper shaper(Host host) throws Exception {
    return TcShaper.builder(host).clock(new VirtualClock()).wan("wan").ifb("ifb-wan").htb();
  }

  private HostProcess victim() throws Exception {
    return Victim.start(lab.router, List.of(), System.getProperty("java.class.path"), "ifb-wan");
  }

  /** Sends a signal to a process and its children. */
  private void signal(String name, long pid) throws Exception {
    RouterLab.run(lab.router, "kill -s " + name + " -- -" + pid);
  }

  @Test
  void aDeadControllersGuardIsWaitedFor() throws Exception {
    try (HostProcess victim = victim();
        TcShaper heir = shaper(lab.router)) {
      String ready = Victim.line(victim);
      assertTrue(ready.startsWith("ready "), ready);
      long guard = Long.parseLong(ready.substring("ready ".length()));
      signal("STOP", guard);
      signal("KILL", victim.pid());
      takeOver(heir, guard);
    }
    assertEquals(found, lab.configured());
  }

  @Test
  void soItIsWhenTheConnectionToTheRouterWasLost(@TempDir Path directory) throws Exception {
    try (LoopbackSshd sshd = LoopbackSshd.start(directory, lab.routerNamespace());
        Host remote = Hosts.parse(sshd.address())) {
      TcShaper first = shaper(remote);
      first.apply(PLAN);
      long guard = ExitGuard.start(remote).pid();
      signal("STOP", guard);
      sshd.cut();
      try (Host another = Hosts.parse(sshd.address());
          TcShaper heir = shaper(another)) {
        takeOver(heir, guard);
        String shaped = lab.configured();
        first.close();
        assertEquals(shaped, lab.configured());
      }
    }
    assertEquals(found, lab.configured());
  }

  /** The guard stands still in the moment that counts; then it goes on. */
  private void takeOver(TcShaper heir, long guard) throws Exception {
    String left = lab.configured();
    assertNotEquals(found, left);
    assertThrows(LinkInUseException.class, () -> heir.apply(PLAN));
    assertEquals(left, lab.configured());
    signal("CONT", guard);
    applyUntilItWorks(heir);
    awaitEnd(guard);
    String shaped = lab.configured();
    assertTrue(shaped.contains("rate 9Mbit") && shaped.contains("rate 3Mbit"), shaped);
  }

  private static void applyUntilItWorks(TcShaper shaper) throws Exception {
    for (int i = 0; ; i++) {
      try {
        shaper.apply(PLAN);
        return;
      } catch (LinkInUseException e) {
        assertTrue(i < 30, e.toString());
      }
    }
  }

  private void awaitEnd(long pid) throws Exception {
    Command lives =
        Command.of(
            "sh",
            "-c",
            "case $(cut -d ' ' -f 3 /proc/$0/stat) in ''|Z|X) exit 1;; esac",
            Long.toString(pid));
    for (int i = 0; i < 1000; i++) {
      if (!lab.router.run(lives).ok()) {
        return;
      }
      Thread.sleep(20);
    }
  }

  @Test
  void whatWasGivenUpIsNotUndoneOnceItIsAnothers() throws Exception {
    try (HostProcess victim = victim();
        TcShaper heir = shaper(lab.router)) {
      assertTrue(Victim.line(victim).startsWith("ready "));
      victim.stdin().write('\n');
      victim.stdin().flush();
      assertEquals("idle", Victim.line(victim));
      assertNothingIsUndone(heir, victim);
    }
    assertEquals(found, lab.configured());
  }

  @Test
  void aRefusedControllerUndoesNothing() throws Exception {
    try (TcShaper first = shaper(lab.router)) {
      first.apply(PLAN);
      try (HostProcess victim = victim()) {
        String line = Victim.line(victim);
        assertTrue(line.contains("another controller is in charge"), line);
        assertNothingIsUndone(first, victim);
      }
    }
    assertEquals(found, lab.configured());
  }

  private void assertNothingIsUndone(TcShaper standing, HostProcess victim) throws Exception {
    standing.apply(PLAN);
    String shaped = lab.configured();
    assertTrue(shaped.contains("rate 9Mbit") && shaped.contains("rate 3Mbit"), shaped);
    List<Long> guards =
        lab.router
            .run(Command.of("pgrep", "-P", Long.toString(victim.pid()), "-f", "^sh -c trap"))
            .stdout()
            .lines()
            .map(Long::parseLong)
            .toList();
    assertTrue(!guards.isEmpty());
    signal("KILL", victim.pid());
    for (long guard : guards) {
      awaitEnd(guard);
    }
    assertEquals(shaped, lab.configured());
  }
}
