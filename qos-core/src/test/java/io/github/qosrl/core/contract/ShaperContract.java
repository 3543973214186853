package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every shaper must do. Extend it, and give it a shaper and a way to look at its link. */
@Timeout(120)
public abstract class ShaperContract {

  /** A new shaper on the link; always the same link. */
  protected abstract Shaper shaper() throws Exception;

  /**
   * What is configured on the link, as an independent look finds it: the output of {@code tc qdisc
   * show}, say. Without counters or anything else that changes by itself. Called with and without a
   * shaper on the link.
   */
  protected abstract Object link() throws Exception;

  /** At least two different plans that the shaper can put in force. */
  protected List<ShapingPlan> plans() {
    return List.of(
        ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit")),
        ShapingPlan.of(BitRate.parse("12500kbit"), BitRate.parse("5mbit")),
        ShapingPlan.of(BitRate.parse("900kbit"), BitRate.parse("300kbit")));
  }

  @Test
  void limitsNothingAtFirst() throws Exception {
    try (Shaper shaper = shaper()) {
      assertEquals(ShapingPlan.UNLIMITED, shaper.current());
    }
  }

  @Test
  void currentIsThePlanInForce() throws Exception {
    try (Shaper shaper = shaper()) {
      for (ShapingPlan plan : plans()) {
        shaper.apply(plan);
        assertEquals(plan, shaper.current());
      }
    }
  }

  @Test
  void aPlanChangesTheLink() throws Exception {
    Object before = link();
    try (Shaper shaper = shaper()) {
      shaper.apply(plans().get(0));
      Object first = link();
      shaper.apply(plans().get(1));
      Object second = link();
      assertEquals(3, List.of(before, first, second).stream().distinct().count());
    }
  }

  @Test
  void applyingThePlanInForceAgainChangesNothing() throws Exception {
    try (Shaper shaper = shaper()) {
      shaper.apply(plans().get(0));
      Object once = link();
      shaper.apply(plans().get(0));
      assertEquals(once, link());
      assertEquals(plans().get(0), shaper.current());
    }
  }

  @Test
  void theWayToAPlanDoesNotMatter() throws Exception {
    Object direct;
    try (Shaper shaper = shaper()) {
      shaper.apply(plans().get(0));
      direct = link();
    }
    try (Shaper shaper = shaper()) {
      shaper.apply(plans().get(1));
      shaper.apply(plans().get(0));
      assertEquals(direct, link());
    }
  }

  @Test
  void theUnlimitedPlanCanBeApplied() throws Exception {
    try (Shaper shaper = shaper()) {
      shaper.apply(plans().get(0));
      shaper.apply(ShapingPlan.UNLIMITED);
      assertEquals(ShapingPlan.UNLIMITED, shaper.current());
      shaper.apply(plans().get(1));
      assertEquals(plans().get(1), shaper.current());
    }
  }

  @Test
  void closePutsTheLinkBackAsItWasFound() throws Exception {
    Object before = link();
    Shaper shaper = shaper();
    shaper.apply(plans().get(0));
    shaper.apply(plans().get(1));
    shaper.close();
    assertEquals(before, link());
    assertEquals(ShapingPlan.UNLIMITED, shaper.current());
  }

  @Test
  void anUnusedShaperLeavesTheLinkAlone() throws Exception {
    Object before = link();
    shaper().close();
    assertEquals(before, link());
  }

  @Test
  void closingAgainDoesNothing() throws Exception {
    Shaper shaper = shaper();
    shaper.apply(plans().get(0));
    shaper.close();
    Object closed = link();
    assertDoesNotThrow(shaper::close);
    assertEquals(closed, link());
  }

  @Test
  void aClosedShaperAppliesNothing() throws Exception {
    Shaper shaper = shaper();
    shaper.close();
    Object closed = link();
    assertThrows(ShaperException.class, () -> shaper.apply(plans().get(0)));
    assertEquals(closed, link());
  }

  @Test
  void anotherThreadMayClose() throws Exception {
    Object before = link();
    Shaper shaper = shaper();
    shaper.apply(plans().get(0));
    Background.run(shaper::close).join();
    assertEquals(before, link());
  }

  @Test
  void anInterruptEndsTheCallAndTheShaperStaysUsable() throws Exception {
    try (Shaper shaper = shaper()) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> shaper.apply(plans().get(0)));
      shaper.apply(plans().get(1));
      assertEquals(plans().get(1), shaper.current());
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void anInterruptedThreadCanStillRestoreTheLink() throws Exception {
    Object before = link();
    Shaper shaper = shaper();
    shaper.apply(plans().get(0));
    Thread.currentThread().interrupt();
    try {
      shaper.close();
    } finally {
      Thread.interrupted();
    }
    assertEquals(before, link());
  }
}
