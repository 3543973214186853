package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkEnvironmentTest extends LinkEnvironmentRig {
  @Test
  void stepAppliesThePlanWaitsForTheNextTickAndObserves() throws Exception {
    counters.set(THROUGHPUT, 5e6);
    LinkEnvironment link = link(builder().probe(counters));
    link.reset(0);
    Step step = link.step(PLAN);
    assertEquals(List.of(PLAN), shaper.applied());
    assertEquals(start.plusMillis(100), step.observation().time());
    assertEquals(PLAN, step.observation().plan());
    assertEquals(5e6, step.observation().orElse(THROUGHPUT, 0));
    assertFalse(step.done());
  }

  @Test
  void resetPutsTheInitialPlanInForceOnce() throws Exception {
    ShapingPlan initial = ShapingPlan.of(Direction.UPLOAD, BitRate.ofMegabits(3));
    LinkEnvironment link = link(builder().initialPlan(initial));
    assertEquals(initial, link.reset(0).plan());
    link.step(PLAN);
    assertEquals(PLAN, link.reset(1).plan());
  }

  @Test
  void rewardSeesWhatWasBeforeAndAfterAndThePlanBetween() throws Exception {
    LinkEnvironment link =
        link(
            builder()
                .reward(
                    (direction, before, action, after) ->
                        action.equals(PLAN)
                            ? Duration.between(before.time(), after.time()).toMillis()
                            : -1));
    link.reset(0);
    assertEquals(100, link.step(PLAN).reward());
  }

  @Test
  void shaperThatFailsAtFirstIsTheCallersProblem() throws Exception {
    shaper.fail("no permission");
    LinkEnvironment link = link(builder());
    link.reset(0);
    assertThrows(ShaperException.class, () -> link.step(PLAN));
    LinkEnvironment other = link(builder().initialPlan(PLAN));
    assertThrows(ShaperException.class, () -> other.reset(0));
  }

  @Test
  void changeThatFailsLaterIsHeldOutAndTriedAgainEverySecond() throws Exception {
    LinkEnvironment link = link(builder());
    link.reset(0);
    link.step(PLAN);
    shaper.fail("tc says no");
    ShapingPlan next = ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(5));
    for (int i = 0; i < 15; i++) {
      assertEquals(PLAN, link.step(next).observation().plan());
    }
    assertEquals(List.of(LoopEvent.Kind.SHAPER_FAILED), kinds());
    shaper.recover();
    for (int i = 0; i < 15; i++) {
      link.step(next);
    }
    assertEquals(next, shaper.current());
    assertEquals(List.of(LoopEvent.Kind.SHAPER_FAILED, LoopEvent.Kind.LINK_RESTORED), kinds());
  }

  @Test
  void lateTickIsReportedAndNotMadeUpFor() throws Exception {
    LinkEnvironment link = link(builder());
    link.reset(0);
    clock.advance(Duration.ofMillis(730));
    Instant late = link.step(PLAN).observation().time();
    assertEquals(start.plusMillis(730), late);
    assertEquals(start.plusMillis(800), link.step(PLAN).observation().time());
    assertEquals(start.plusMillis(900), link.step(PLAN).observation().time());
    assertEquals(List.of(LoopEvent.Kind.LATE), kinds());
    assertTrue(events.get(0).message().contains("630 ms late"), events.get(0).message());
  }

  @Test
  void episodeOfSoManyTicksIsTruncated() throws Exception {
    LinkEnvironment link = link(builder().episodeTicks(2));
    link.reset(0);
    assertFalse(link.step(PLAN).truncated());
    assertTrue(link.step(PLAN).truncated());
    assertThrows(IllegalStateException.class, () -> link.step(PLAN));
    link.reset(1);
    assertFalse(link.step(PLAN).done());
  }

  @Test
  void closeRestoresTheLinkAndEndsTheProbesOnce() throws Exception {
    LinkEnvironment link = link(builder().probe(ping));
    link.reset(0);
    link.close();
    link.close();
    assertEquals(1, shaper.closes());
    assertEquals(1, ping.closes());
    assertThrows(IllegalStateException.class, () -> link.step(PLAN));
    assertThrows(IllegalStateException.class, () -> link.reset(0));
  }

  @Test
  void probesAreClosedEvenIfTheLinkCannotBeRestored() {
    shaper.failToClose("qdisc is stuck");
    LinkEnvironment link = link(builder().probe(ping));
    assertThrows(QosException.class, link::close);
    assertEquals(1, ping.closes());
  }

  @Test
  void stepBeforeResetIsRefused() {
    assertThrows(IllegalStateException.class, () -> link(builder()).step(PLAN));
  }

  @Test
  void builderNamesAllMistakesAtOnce() {
    LinkEnvironmentBuilder broken =
        LinkEnvironment.builder()
            .interval(Duration.ofMillis(1))
            .episodeTicks(0)
            .probe(ping, Duration.ofSeconds(-1));
    String message = assertThrows(IllegalArgumentException.class, broken::build).toString();
    for (String part : List.of("shaper is missing", "interval", "episode of 0", "period")) {
      assertTrue(message.contains(part), message);
    }
  }
}
