package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.host.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Interfaces and qdiscs that vanish, come back, or change behind the shaper's back. */
@TestInstance(Lifecycle.PER_CLASS)
class ChurnIT {
  private static final ShapingPlan PLAN = ShapingPlan.of(Direction.UPLOAD, BitRate.parse("20mbit"));

  private final VirtualClock clock = new VirtualClock();
  private final List<LoopEvent.Kind> events = new ArrayList<>();
  private RouterLab lab;
  private TcShaper shaper;

  @BeforeAll
  void setUpLab() throws Exception {
    lab = RouterLab.start();
  }

  @AfterAll
  void tearDownLab() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void setUp() throws Exception {
    ip("link add churn type ifb");
    shaper = TcShaper.builder(lab.router).wan("churn").clock(clock).htb();
    shaper.events(event -> events.add(event.kind()));
    shaper.apply(PLAN);
    events.clear();
  }

  @AfterEach
  void tearDown() throws Exception {
    if (shaper != null) {
      shaper.close();
      lab.router.run(Command.of("ip", "link", "del", "churn"));
    }
  }

  private void ip(String arguments) throws Exception {
    RouterLab.run(lab.router, "ip " + arguments);
  }

  private void tc(String arguments) throws Exception {
    RouterLab.run(lab.router, "tc " + arguments);
  }

  private String shown() throws Exception {
    return RouterLab.run(lab.router, "tc class show dev churn").stdout();
  }

  private void applyAtNextCheck() throws Exception {
    clock.advance(TcShaper.RECHECK);
    shaper.apply(PLAN);
  }

  private void assertRestored() throws Exception {
    assertTrue(shown().contains("rate 20Mbit ceil 20Mbit"), shown());
    assertEquals(PLAN, shaper.current());
    assertEquals(List.of(LoopEvent.Kind.LINK_LOST, LoopEvent.Kind.LINK_RESTORED), events);
  }

  @Test
  void anInterfaceMadeAnewIsShapedAgain() throws Exception {
    ip("link del churn");
    ip("link add churn type ifb");
    applyAtNextCheck();
    assertRestored();
  }

  @Test
  void anAbsentInterfaceIsAnErrorUntilItComesBack() throws Exception {
    ip("link del churn");
    clock.advance(TcShaper.RECHECK);
    for (int i = 0; i < 3; i++) {
      assertThrows(LinkAbsentException.class, () -> shaper.apply(PLAN));
      assertEquals(ShapingPlan.UNLIMITED, shaper.current());
    }
    ip("link add churn type ifb");
    shaper.apply(PLAN);
    assertTrue(shown().contains("rate 20Mbit ceil 20Mbit"), shown());
  }

  @Test
  void anInterfaceThatGoesDownAndUpStaysShaped() throws Exception {
    ip("link set churn up");
    ip("link set churn down");
    applyAtNextCheck();
    ip("link set churn up");
    applyAtNextCheck();
    assertTrue(shown().contains("rate 20Mbit ceil 20Mbit"), shown());
    assertEquals(List.of(), events);
  }

  @Test
  void aRemovedQdiscIsPutInPlaceAgain() throws Exception {
    tc("qdisc del dev churn root");
    applyAtNextCheck();
    assertRestored();
  }

  @Test
  void aChangedRateIsSetRight() throws Exception {
    tc("class change dev churn parent 905: classid 905:1 htb rate 1mbit");
    applyAtNextCheck();
    assertRestored();
  }

  @Test
  void anotherRateNoticesItAtOnce() throws Exception {
    tc("qdisc del dev churn root");
    shaper.apply(ShapingPlan.of(Direction.UPLOAD, BitRate.parse("7mbit")));
    assertTrue(shown().contains("rate 7Mbit"), shown());
  }

  @Test
  void aKilledTcIsReplaced() throws Exception {
    for (int i = 1; i <= 5; i++) {
      RouterLab.run(
          lab.router, "kill -9 " + Objects.requireNonNull(shaper.session().process()).pid());
      shaper.apply(ShapingPlan.of(Direction.UPLOAD, BitRate.parse(i + "mbit")));
      assertTrue(shown().contains("rate " + i + "Mbit"), shown());
    }
    assertFalse(events.contains(LoopEvent.Kind.LINK_LOST), () -> events.toString());
  }

  @Test
  void theWayThroughAnIfbIsRepaired() throws Exception {
    ShapingPlan plan = ShapingPlan.of(Direction.DOWNLOAD, BitRate.parse("9mbit"));
    try (TcShaper ingress =
        TcShaper.builder(lab.router).wan("wan").ifb("ifb-wan").clock(clock).htb()) {
      ingress.apply(plan);
      String before = lab.configured();
      for (String fault :
          List.of(
              "ip link set ifb-wan down",
              "ip link del ifb-wan",
              "tc qdisc del dev wan ingress",
              "tc filter del dev wan ingress",
              "tc qdisc del dev ifb-wan root")) {
        RouterLab.run(lab.router, fault);
        clock.advance(TcShaper.RECHECK);
        ingress.apply(plan);
        assertEquals(before, lab.configured(), fault);
        RouterLab.run(lab.client, "ping -c 1 -W 2 " + RouterLab.SERVER);
      }
    }
  }
}
