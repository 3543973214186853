package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the shaper leans on fails under it. */
@TestInstance(Lifecycle.PER_CLASS)
class FaultIT {
  /** Words of the guard's script. */
  private static final String GUARD = "exec </dev/null >/dev/null 2>&1";

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
        .run(Command.of("pgrep", "-P", self, "-f", GUARD))
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

  private static Command without(Command command, String... prefix) {
    List<String> argv = new ArrayList<>(List.of(prefix));
    argv.addAll(command.argv());
    return Command.of(argv).withInput(command.input());
  }

  @Test
  void permissionThatIsLostMeanwhileIsNamedAndTheLimitInForceStays() throws Exception {
    FaultyHost host = new FaultyHost(lab.router);
    try (TcShaper shaper = TcShaper.builder(host).wan("wan").clock(clock).htb()) {
      shaper.apply(upload(5));
      host.breaks(c -> without(c, "setpriv", "--bounding-set=-net_admin", "--inh-caps=-all"));
      kill(shaper);
      ShaperException e = assertThrows(ShaperException.class, () -> shaper.apply(upload(6)));
      assertTrue(String.valueOf(e.getMessage()).contains("CAP_NET_ADMIN"), e.getMessage());
      assertEquals(1, String.valueOf(e.getMessage()).lines().count());
      assertTrue(shown().contains("rate 5Mbit"), shown());
      host.heals();
      kill(shaper);
      shaper.apply(upload(6));
      assertTrue(shown().contains("rate 6Mbit"), shown());
    }
  }

  @Test
  void aDryRunNeedsNoPermissionNotEvenToFindOutWhatIsBest() throws Exception {
    FaultyHost host = new FaultyHost(lab.router);
    host.breaks(c -> without(c, "setpriv", "--bounding-set=-net_admin", "--inh-caps=-all"));
    Map<String, String> dry = Map.of("wan", "wan", "dry-run", "true");
    try (Shaper shaper = new AutoProvider().create(host, Settings.of("auto", dry))) {
      shaper.apply(upload(5));
      List<String> commands = ((DryRunShaper) shaper).commands();
      assertEquals("tc qdisc add dev wan root handle 905: htb default 1", commands.get(0));
    }
    assertThrows(
        QosException.class,
        () -> new AutoProvider().create(host, Settings.of("auto", Map.of("wan", "wan"))));
  }

  private void kill(TcShaper shaper) throws Exception {
    HostProcess tc = Objects.requireNonNull(shaper.session().process());
    RouterLab.run(lab.router, "kill -9 " + tc.pid());
    assertTrue(tc.waitFor(Duration.ofSeconds(30)));
  }

  @Test
  void withoutTcThereIsOneLineThatSaysWhatToInstall() throws Exception {
    String before = lab.configured();
    FaultyHost host = new FaultyHost(lab.router);
    host.breaks(c -> c.program().equals("tc") ? Command.of("no-such-tc") : c);
    QosException e =
        assertThrows(QosException.class, () -> TcShaper.builder(host).wan("wan").htb());
    assertTrue(
        String.valueOf(e.getMessage()).contains("install the package iproute2"), e.getMessage());
    assertEquals(1, String.valueOf(e.getMessage()).lines().count());
    assertEquals(before, lab.configured());
  }

  @Test
  void aTcThatIsRemovedMeanwhileIsNamedAndTheLinkIsStillPutBack() throws Exception {
    String before = lab.configured();
    FaultyHost host = new FaultyHost(lab.router);
    try (TcShaper shaper = TcShaper.builder(host).wan("wan").clock(clock).htb()) {
      shaper.apply(upload(5));
      host.breaks(c -> c.program().equals("tc") ? Command.of("no-such-tc") : c);
      kill(shaper);
      ShaperException e = assertThrows(ShaperException.class, () -> shaper.apply(upload(6)));
      assertTrue(String.valueOf(e.getMessage()).contains("not installed"), e.getMessage());
      host.heals();
    }
    assertEquals(before, lab.configured());
  }

  @Test
  void aTcThatRefusesAKeywordIsToldAndLeavesTheInterfaceAsItWas() throws Exception {
    String before = lab.configured();
    FaultyHost host = new FaultyHost(lab.router);
    // The real tc refuses it, as one of before 2007 refuses "quantum".
    String old = "sed -u 's/ quantum / quanta /' | exec tc -j -s -force -batch -";
    host.breaks(c -> c.argv().contains("-batch") ? Command.of("sh", "-c", old) : c);
    try (TcShaper shaper = TcShaper.builder(host).wan("wan").clock(clock).htb()) {
      ShaperException e = assertThrows(ShaperException.class, () -> shaper.apply(upload(5)));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("quanta"), message);
      assertTrue(message.contains("too old"), message);
      assertEquals(1, message.lines().count());
      assertEquals(ShapingPlan.UNLIMITED, shaper.current());
      assertEquals(before, lab.configured());
    }
  }

  @Test
  void aGuardThatCannotStartKeepsTheLinkUntouched() throws Exception {
    String before = lab.configured();
    FaultyHost host = new FaultyHost(lab.router);
    host.breaks(c -> c.quoted().contains(GUARD) ? Command.of("no-such-sh") : c);
    try (TcShaper shaper = TcShaper.builder(host).wan("wan").clock(clock).htb()) {
      ShaperException e = assertThrows(ShaperException.class, () -> shaper.apply(upload(5)));
      assertTrue(String.valueOf(e.getMessage()).contains("no guard"), e.getMessage());
      assertEquals(before, lab.configured());
    }
  }
}
