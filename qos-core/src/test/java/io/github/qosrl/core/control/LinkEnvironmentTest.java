package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.contract.FakeProbe;
import io.github.qosrl.core.contract.FakeShaper;
import io.github.qosrl.core.contract.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class LinkEnvironmentTest {
  private static final Metric THROUGHPUT = Metrics.throughput(Direction.DOWNLOAD);
  private static final ShapingPlan PLAN = ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(9));

  private final VirtualClock clock = new VirtualClock();
  private final Instant start = clock.now();
  private final FakeShaper shaper = new FakeShaper();
  private final FakeProbe ping = new FakeProbe(clock, Set.of(Metrics.RTT_MEAN));
  private final FakeProbe counters = new FakeProbe(clock, Set.of(THROUGHPUT));
  private final List<LoopEvent> events = new ArrayList<>();
  private final Map<Probe, Executor> executors = new HashMap<>();

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
  void derivesBaselineInflationAndBlindnessFromSingleReplies() throws Exception {
    ping.then(m -> m.delays(List.of(reply(40)))).then(m -> m.delays(List.of(reply(65))));
    LinkEnvironment link = link(builder().probe(ping));
    link.reset(0);
    Observation seen = link.step(PLAN).observation();
    assertEquals(0.040, seen.orElse(Metrics.BASELINE_DELAY, 0), 1e-9);
    assertEquals(0.025, seen.orElse(Metrics.DELAY_INFLATION, 0), 1e-9);
    assertEquals(0, seen.orElse(Metrics.BLIND, -1));
    assertEquals(1, seen.delays().size());
  }

  @Test
  void meansStandInWhereNoProbeReportsSingleReplies() throws Exception {
    ping.set(Metrics.RTT_MEAN, 0.040);
    LinkEnvironment link = link(builder().probe(ping));
    link.reset(0);
    ping.set(Metrics.RTT_MEAN, 0.070);
    Observation seen = link.step(PLAN).observation();
    assertEquals(0.030, seen.orElse(Metrics.DELAY_INFLATION, 0), 1e-9);
  }

  @Test
  void withoutAnyDelayTheSignalIsBlind() throws Exception {
    LinkEnvironment link = link(builder().probe(counters));
    Observation seen = link.reset(0);
    assertEquals(1, seen.orElse(Metrics.BLIND, 0));
    assertFalse(seen.get(Metrics.DELAY_INFLATION).isPresent());
  }

  @Test
  void unansweredProbeIsRepresentedByItsOlderMeasurementWithoutReplies() throws Exception {
    ping.then(m -> m.put(Metrics.RTT_MEAN, 0.040).delays(List.of(reply(40))));
    List<Runnable> waiting = new ArrayList<>();
    executors.put(ping, work -> onceThenQueue(waiting, work));
    LinkEnvironment link = link(builder().probe(ping));
    assertEquals(1, link.reset(0).delays().size());
    Observation seen = link.step(PLAN).observation();
    assertEquals(0.040, seen.orElse(Metrics.RTT_MEAN, 0));
    assertEquals(Duration.ofMillis(100), seen.age(Metrics.RTT_MEAN).orElseThrow());
    assertTrue(seen.delays().isEmpty());
  }

  private boolean ranOnce;

  private void onceThenQueue(List<Runnable> waiting, Runnable work) {
    if (ranOnce) {
      waiting.add(work);
    } else {
      ranOnce = true;
      work.run();
    }
  }

  @Test
  void repliesThatArriveAfterTheTickAreSeenAtTheNext() throws Exception {
    List<Runnable> waiting = new ArrayList<>();
    executors.put(ping, waiting::add);
    LinkEnvironment link = link(builder().probe(ping));
    ping.then(m -> m.delays(List.of(reply(900))));
    assertTrue(link.reset(0).delays().isEmpty());
    waiting.remove(0).run();
    executors.put(ping, Runnable::run);
    assertEquals(1, link.step(PLAN).observation().delays().size());
    assertTrue(link.step(PLAN).observation().delays().isEmpty());
  }

  @Test
  void repliesOfTwoMeasurementsBetweenTicksAreBothSeen() throws Exception {
    List<Runnable> waiting = new ArrayList<>();
    executors.put(ping, waiting::add);
    LinkEnvironment link = link(builder().probe(ping));
    ping.then(m -> m.put(Metrics.RTT_MEAN, 0.04).delays(List.of(reply(40))))
        .then(m -> m.put(Metrics.RTT_MEAN, 0.05).delays(List.of(reply(50))));
    link.reset(0);
    waiting.remove(0).run();
    executors.put(ping, Runnable::run);
    Observation seen = link.step(PLAN).observation();
    assertEquals(2, seen.delays().size());
    assertEquals(0.05, seen.orElse(Metrics.RTT_MEAN, 0));
  }

  @Test
  void backgroundProbeIsMeasuredAtItsOwnPeriod() throws Exception {
    LinkEnvironment link = link(builder().probe(counters, Duration.ofSeconds(1)));
    link.reset(0);
    for (int i = 0; i < 50; i++) {
      link.step(PLAN);
    }
    assertEquals(6, counters.measured());
  }

  @Test
  void failingProbeIsToldOnceItsMetricsAreAbsentAndItsRecoveryIsTold() throws Exception {
    counters.set(THROUGHPUT, 5e6);
    LinkEnvironment link = link(builder().probe(counters));
    link.reset(0);
    for (int i = 0; i < 3; i++) {
      counters.thenFail("eth7 is gone");
    }
    for (int i = 0; i < 10; i++) {
      assertFalse(link.step(PLAN).observation().get(THROUGHPUT).isPresent());
    }
    assertEquals(List.of(LoopEvent.Kind.PROBE_FAILED), kinds());
    assertEquals("eth7 is gone", events.get(0).message());
    assertEquals(2, counters.measured(), "a failing probe is asked once a second");
    for (int i = 0; i < 30; i++) {
      link.step(PLAN);
    }
    assertEquals(List.of(LoopEvent.Kind.PROBE_FAILED, LoopEvent.Kind.PROBE_RECOVERED), kinds());
    assertTrue(link.step(PLAN).observation().get(THROUGHPUT).isPresent());
  }

  @Test
  void probeThatNeverAnswersIsReported() throws Exception {
    executors.put(ping, work -> {});
    LinkEnvironment link = link(builder().probe(ping));
    link.reset(0);
    for (int i = 0; i < 60; i++) {
      link.step(PLAN);
    }
    assertEquals(List.of(LoopEvent.Kind.PROBE_FAILED), kinds());
    assertTrue(events.get(0).message().contains("has not answered for 2 s"));
  }

  @Test
  void probeThatBreaksDownIsAFailureLikeAnother() throws Exception {
    ping.then(
        m -> {
          throw new IllegalStateException("bug");
        });
    LinkEnvironment link = link(builder().probe(ping));
    link.reset(0);
    assertEquals(List.of(LoopEvent.Kind.PROBE_FAILED), kinds());
    assertTrue(events.get(0).message().contains("bug"));
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

  private LinkEnvironmentBuilder builder() {
    return LinkEnvironment.builder().shaper(shaper).clock(clock).interval(Duration.ofMillis(100));
  }

  /** Probes answer at once, unless a test put another executor in their place. */
  private LinkEnvironment link(LinkEnvironmentBuilder builder) {
    LinkEnvironment link =
        builder
            .executors(probe -> work -> executors.getOrDefault(probe, Runnable::run).execute(work))
            .build();
    link.events(events::add);
    return link;
  }

  private List<LoopEvent.Kind> kinds() {
    return events.stream().map(LoopEvent::kind).toList();
  }

  private DelaySample reply(long millis) {
    return new DelaySample("192.0.2.1", clock.now(), Duration.ofMillis(millis));
  }
}
