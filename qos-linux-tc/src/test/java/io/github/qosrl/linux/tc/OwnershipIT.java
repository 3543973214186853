package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose the root of an interface is, and how it is given back. */
@TestInstance(Lifecycle.PER_CLASS)
class OwnershipIT {
  private static final ShapingPlan PLAN =
      ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit"));

  private RouterLab lab;

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

  @AfterEach
  void free() throws Exception {
    lab.router.run(Command.of("tc", "qdisc", "del", "dev", "wan", "root"));
    lab.router.run(Command.of("tc", "qdisc", "del", "dev", "lan", "root"));
  }

  private void tc(String arguments) throws Exception {
    RouterLab.run(lab.router, "tc " + arguments);
  }

  private TcShaperBuilder link() {
    return TcShaper.builder(lab.router).wan("wan").lan("lan");
  }

  private static void assertSays(String what, QosException e) {
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(what), message);
  }

  @Test
  void aStrangersRootIsAnErrorThatShowsIt() throws Exception {
    tc("qdisc add dev wan root handle 8765: tbf rate 3mbit burst 5000 limit 30000");
    String before = lab.configured();
    QosException e = assertThrows(QosException.class, () -> link().htb());
    assertSays("wan has a root qdisc", e);
    assertSays("tbf 8765: rate 3Mbit", e);
    assertSays("tc qdisc del dev wan root", e);
    assertEquals(before, lab.configured());
  }

  @Test
  void aStrangerThatComesLaterIsLeftAlone() throws Exception {
    try (TcShaper shaper = link().htb()) {
      tc("qdisc add dev wan root handle 8765: pfifo limit 7");
      assertThrows(ShaperException.class, () -> shaper.apply(PLAN));
      assertEquals(
          ShapingPlan.UNLIMITED.with(Direction.DOWNLOAD, BitRate.parse("20mbit")),
          shaper.current());
    }
    assertTrue(lab.configured().contains("pfifo 8765:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tbf rate 1234567bit burst 5000 limit 30000",
        "tbf rate 77mbit burst 100kb latency 20ms",
        "tbf rate 20mbit burst 10kb latency 50ms peakrate 30mbit minburst 2000",
        "pfifo limit 555",
        "pfifo_fast",
        "bfifo limit 12345"
      })
  void replacedStrangersArePutBackAsTheyWere(String parameters) throws Exception {
    tc("qdisc add dev wan root handle 8765: " + parameters);
    tc("qdisc add dev lan root handle 8766: " + parameters);
    String before = lab.configured();
    String json = RouterLab.run(lab.router, "tc -j qdisc show").stdout();
    try (TcShaper shaper = link().replace(true).htb()) {
      shaper.apply(PLAN);
      assertEquals(2, lab.configured().split("htb 905: root", -1).length - 1);
    }
    assertEquals(before, lab.configured());
    assertEquals(json, RouterLab.run(lab.router, "tc -j qdisc show").stdout());
  }

  @Test
  void aStrangerThatCannotBePutBackIsNotReplaced() throws Exception {
    tc("qdisc add dev wan root handle 8765: htb default 1");
    tc("class add dev wan parent 8765: classid 8765:1 htb rate 1mbit");
    QosException e = assertThrows(QosException.class, () -> link().replace(true).tbf());
    assertSays("could not be put back", e);
  }

  @Test
  void aSecondControllerIsRefused() throws Exception {
    try (TcShaper first = link().htb();
        Host elsewhere = Hosts.netns(lab.routerNamespace());
        TcShaper second = TcShaper.builder(elsewhere).wan("wan").htb()) {
      first.apply(PLAN);
      String before = lab.configured();
      ShaperException e =
          assertThrows(
              ShaperException.class,
              () ->
                  second.apply(
                      ShapingPlan.UNLIMITED.with(Direction.UPLOAD, BitRate.parse("1mbit"))));
      assertSays("another controller is in charge", e);
      assertEquals(before, lab.configured());
    }
  }

  @Test
  void whatADeadControllerLeftIsTakenOver() throws Exception {
    tc("qdisc add dev wan root handle 905: htb default 7");
    tc("class add dev wan parent 905: classid 905:7 htb rate 1mbit");
    try (TcShaper shaper = link().tbf()) {
      shaper.apply(PLAN);
      assertEquals(PLAN, shaper.current());
    }
    assertFalse(lab.configured().contains("905:"));
  }

  @Test
  void aStrangersIngressIsAnErrorThatShowsIt() throws Exception {
    tc("qdisc add dev wan ingress");
    try {
      QosException e =
          assertThrows(
              QosException.class, () -> TcShaper.builder(lab.router).wan("wan").ifb("i1").htb());
      assertSays("wan has an ingress qdisc", e);
    } finally {
      tc("qdisc del dev wan ingress");
    }
  }

  @Test
  void anUnknownInterfaceIsNamed() {
    QosException e =
        assertThrows(QosException.class, () -> TcShaper.builder(lab.router).wan("wan7").htb());
    assertSays("there is no interface 'wan7'", e);
  }

  @Test
  void controllersThatStartAtOnceFindTheSameShaperToBeTheBest() throws Exception {
    ExecutorService starting = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> chosen = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        chosen.add(starting.submit(this::bestKind));
      }
      for (Future<String> kind : chosen) {
        assertEquals(chosen.get(0).get(), kind.get());
      }
    } finally {
      starting.shutdownNow();
    }
    assertFalse(RouterLab.run(lab.router, "ip -br link").stdout().contains("qos-try"));
  }

  private String bestKind() throws Exception {
    Map<String, String> dry = Map.of("wan", "wan", "dry-run", "true");
    try (Host own = Hosts.netns(lab.routerNamespace());
        Shaper shaper = new AutoProvider().create(own, Settings.of("auto", dry))) {
      shaper.apply(ShapingPlan.of(Direction.UPLOAD, BitRate.parse("5mbit")));
      return ((DryRunShaper) shaper).commands().get(0);
    }
  }

  @Test
  void aDryRunShowsTheCommandsAndRunsNone() throws Exception {
    String before = lab.configured();
    try (TcShaper shaper = TcShaper.builder(lab.router).wan("wan").ifb("ifb-wan").htb()) {
      assertTrue(shaper.preview(PLAN).size() > 5);
      assertEquals(before, lab.configured());
      // They are exact: run by hand they make the same.
      for (String command : shaper.preview(PLAN)) {
        RouterLab.run(lab.router, command);
      }
      String byHand = lab.configured();
      RouterLab.run(lab.router, "tc qdisc del dev wan ingress");
      RouterLab.run(lab.router, "tc qdisc del dev wan root");
      RouterLab.run(lab.router, "ip link del ifb-wan");
      shaper.apply(PLAN);
      assertEquals(byHand, lab.configured());
    }
    assertEquals(before, lab.configured());
  }
}
