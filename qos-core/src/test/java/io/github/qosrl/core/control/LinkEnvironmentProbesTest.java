package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the answers of probes, and of those that do not answer. */
class LinkEnvironmentProbesTest extends LinkEnvironmentRig {
  private boolean ranOnce;

  private void onceThenQueue(List<Runnable> waiting, Runnable work) {
    if (ranOnce) {
      waiting.add(work);
    } else {
      ranOnce = true;
      work.run();
    }
  }

  private DelaySample reply(long millis) {
    return new DelaySample("192.0.2.1", clock.now(), Duration.ofMillis(millis));
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
  void tellsOnceThatEchoesDoNotShowTheUsersQueueAndLetsTheUsersPacketsSpeak() throws Exception {
    counters.set(FlowMetrics.FLOW_ONE_WAY_INFLATION.in(Direction.DOWNLOAD), 0.2);
    for (int i = 0; i < 10; i++) {
      ping.then(m -> m.delays(List.of(reply(40))));
    }
    LinkEnvironment link = link(builder().probe(ping).probe(counters));
    Observation seen = link.reset(0);
    for (int i = 0; i < 9; i++) {
      seen = link.step(PLAN).observation();
    }
    assertEquals(EchoSight.BLIND, seen.state().echoes());
    assertEquals(0.2, seen.orElse(Metrics.DELAY_INFLATION, 0), 1e-9);
    assertEquals(List.of(LoopEvent.Kind.SIGNAL_CHANGED), kinds());
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
}
