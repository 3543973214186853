package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.LoopbackSshd;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A router over SSH, and what becomes of it when the way to it fails. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(600)
class SshRouterIT {
  private static final ShapingPlan PLAN =
      ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit"));

  private RouterLab lab;
  private LoopbackSshd sshd;
  private String found = "";

  @BeforeAll
  void setUp(@TempDir Path directory) throws Exception {
    lab = RouterLab.start();
    sshd = LoopbackSshd.start(directory, lab.routerNamespace());
    found = lab.configured();
  }

  @AfterAll
  void tearDown() throws Exception {
    if (sshd != null) {
      sshd.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  private Host connect() {
    return Hosts.parse(sshd.address());
  }

  /** Waits until the router is as it was found; the guard's time is bounded, a busy machine not. */
  private void awaitRestored() throws Exception {
    for (int i = 0; i < 1000 && !lab.configured().equals(found); i++) {
      Thread.sleep(100);
    }
    assertEquals(found, lab.configured());
  }

  @Test
  void classesAndTheirStatisticsWorkThere() throws Exception {
    Map<String, String> link = Map.of("wan", "wan", "classes", "high,medium,low");
    try (Host remote = connect();
        var shaper = new HtbProvider().create(remote, Settings.of("htb", link));
        Probe probe = new TcStatsProvider().create(remote, Settings.of("tc-stats", link))) {
      shaper.apply(ShapingPlan.of(Direction.UPLOAD, BitRate.parse("5mbit")));
      probe.measure(Duration.ofSeconds(10));
      RouterLab.run(lab.client, "ping -q -c 5 -i 0.01 -Q 0xb8 " + RouterLab.SERVER);
      var window = probe.measure(Duration.ofSeconds(10));
      assertTrue(
          window.get(Metrics.PACKETS_PASSED.in("upload/high")).orElse(0) >= 5, window::toString);
    }
    assertEquals(found, lab.configured());
  }

  @Test
  void aCutConnectionRestoresTheRouterAndTheNextPlanShapesItAgain() throws Exception {
    lose(connect(), () -> sshd.cut(), () -> {});
  }

  @Test
  void aConnectionThatDiesWithoutAWordRestoresTheRouterToo() throws Exception {
    // Long enough for a busy machine to give a sign of life, short enough to wait for.
    Host remote = Hosts.parse(sshd.address() + "&patience=15s");
    lose(remote, () -> sshd.fallSilent(), () -> sshd.resume());
  }

  /** Something done to the way to the router. */
  @FunctionalInterface
  private interface Fault {
    void run() throws Exception;
  }

  private void lose(Host router, Fault fault, Fault repair) throws Exception {
    VirtualClock clock = new VirtualClock();
    List<LoopEvent.Kind> events = new ArrayList<>();
    try (router;
        TcShaper shaper = TcShaper.builder(router).wan("wan").ifb("ifb-wan").clock(clock).htb()) {
      shaper.events(event -> events.add(event.kind()));
      shaper.apply(PLAN);
      assertNotEquals(found, lab.configured());
      String shaped = lab.configured();
      try {
        fault.run();
        awaitRestored();
      } finally {
        repair.run();
      }
      applyUntilItWorks(shaper, clock);
      assertEquals(shaped, lab.configured());
      assertTrue(events.contains(LoopEvent.Kind.LINK_RESTORED), events::toString);
    }
    assertEquals(found, lab.configured());
  }

  /** As a control loop does: it holds, and asks again. */
  private static void applyUntilItWorks(TcShaper shaper, VirtualClock clock) throws Exception {
    for (int i = 0; ; i++) {
      clock.advance(TcShaper.RECHECK);
      try {
        shaper.apply(PLAN);
        assertEquals(PLAN, shaper.current());
        return;
      } catch (ShaperException e) {
        assertTrue(i < 1000, e.toString());
        Thread.sleep(100);
      }
    }
  }

  @Test
  void whileTheRouterIsOutOfReachThatIsWhatIsSaid() throws Exception {
    VirtualClock clock = new VirtualClock();
    Host remote = connect();
    TcShaper shaper = TcShaper.builder(remote).wan("wan").clock(clock).htb();
    shaper.apply(ShapingPlan.of(Direction.UPLOAD, BitRate.parse("5mbit")));
    sshd.refuse();
    try {
      awaitRestored();
      clock.advance(TcShaper.RECHECK);
      ShaperException e =
          assertThrows(
              ShaperException.class,
              () -> shaper.apply(ShapingPlan.of(Direction.UPLOAD, BitRate.parse("6mbit"))));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("cannot be reached over SSH"), message);
      assertEquals(1, message.lines().count(), message);
    } finally {
      sshd.resume();
      closeQuietly(shaper);
      remote.close();
    }
  }

  private static void closeQuietly(TcShaper shaper) {
    try {
      shaper.close();
    } catch (ShaperException e) {
      // The router was out of reach a moment ago: its own side has put it back.
    }
  }
}
