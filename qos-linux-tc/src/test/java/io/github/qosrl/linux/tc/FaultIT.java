package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the shaper leans on fails under it. */
@TestInstance(Lifecycle.PER_CLASS)
class FaultIT {
  private RouterLab lab;
  private final VirtualClock clock = new VirtualClock();

  @BeforeAll
  void setUp() throws Exception {
    lab = RouterLab.start();
  }

  @AfterAll
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  private static ShapingPlan upload(int megabits) {
    return ShapingPlan.of(Direction.UPLOAD, BitRate.parse(megabits + "mbit"));
  }

  private String shown() throws Exception {
    return RouterLab.run(lab.router, "tc class show dev wan").stdout();
  }

  @Test
  void aKilledGuardIsReplacedAtTheNextCheck() throws Exception {
    try (TcShaper shaper = TcShaper.builder(lab.router).wan("wan").clock(clock).htb()) {
      shaper.apply(upload(5));
      String guard = guards();
      lab.router.run(Command.of("kill", "-9", guard)).orThrow();
      awaitNoticed(guard);
      clock.advance(TcShaper.RECHECK);
      shaper.apply(upload(5));
      assertTrue(!guards().isEmpty() && !guards().equals(guard), guards());
      assertTrue(shown().contains("rate 5Mbit"), shown());
    }
  }

  /** Waits until the JVM has heard of the shell's death; files are read through its successor. */
  private void awaitNoticed(String guard) throws Exception {
    Optional<ProcessHandle> killed = ProcessHandle.of(Long.parseLong(guard));
    for (int i = 0; i < 1000 && killed.isPresent() && killed.get().isAlive(); i++) {
      Thread.sleep(10);
    }
    for (int i = 0; i < 1000; i++) {
      try {
        lab.router.read("/sys/class/net/wan/ifindex");
        return;
      } catch (HostException e) {
        Thread.sleep(10);
      }
    }
  }

  /** The shell that undoes what is owned: its command line has the words of its script. */
  private String guards() throws Exception {
    String self = Long.toString(ProcessHandle.current().pid());
    return lab.router
        .run(Command.of("pgrep", "-P", self, "-f", "exec </dev/null >/dev/null 2>&1"))
        .stdout()
        .lines()
        .filter(this::isInRouter)
        .findFirst()
        .orElse("");
  }

  private boolean isInRouter(String pid) {
    try {
      String there = RouterLab.run(lab.router, "readlink /proc/" + pid + "/ns/net").stdout();
      return there.equals(RouterLab.run(lab.router, "readlink /proc/self/ns/net").stdout());
    } catch (QosException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anInterfaceThatVanishesAmongChangesIsAnErrorOfOneLineAndNothingElseIsTouched()
      throws Exception {
    String before = lab.configured();
    RouterLab.run(lab.router, "ip link add gone type ifb");
    try (TcShaper shaper = TcShaper.builder(lab.router).wan("gone").lan("lan").clock(clock).htb()) {
      shaper.apply(ShapingPlan.of(BitRate.parse("9mbit"), BitRate.parse("9mbit")));
      RouterLab.run(lab.router, "ip link del gone");
      // Between two checks: the change itself finds out.
      ShaperException e =
          assertThrows(
              ShaperException.class,
              () -> shaper.apply(ShapingPlan.of(BitRate.parse("7mbit"), BitRate.parse("7mbit"))));
      assertTrue(String.valueOf(e.getMessage()).contains("'gone'"), e.getMessage());
      assertEquals(1, String.valueOf(e.getMessage()).lines().count());
      // The other direction got its limit all the same.
      assertEquals(ShapingPlan.of(Direction.DOWNLOAD, BitRate.parse("7mbit")), shaper.current());
    }
    assertEquals(before, lab.configured());
  }

  @Test
  void aQdiscThatSomebodyPutInPlaceOfOursIsLeftAloneAndNamed() throws Exception {
    try (TcShaper shaper = TcShaper.builder(lab.router).wan("wan").clock(clock).htb()) {
      shaper.apply(upload(5));
      RouterLab.run(lab.router, "tc qdisc replace dev wan root handle 77: pfifo limit 9");
      clock.advance(TcShaper.RECHECK);
      ShaperException e = assertThrows(ShaperException.class, () -> shaper.apply(upload(5)));
      assertTrue(String.valueOf(e.getMessage()).contains("pfifo 77:"), e.getMessage());
      assertEquals(ShapingPlan.UNLIMITED, shaper.current());
    }
    assertTrue(lab.configured().contains("pfifo 77: root"));
    RouterLab.run(lab.router, "tc qdisc del dev wan root");
  }
}
