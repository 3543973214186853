package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.contract.FakeProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link on which hardly anything passes is probed slowly, and nobody else knows of it. */
class LinkEnvironmentIdleTest extends LinkEnvironmentRig {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final FakeProbe shaped = new FakeProbe(clock, Set.of(Metrics.BACKLOG));

  @SuppressWarnings("NullAway.Init")
  private LinkEnvironment link;

  @BeforeEach
  void build() throws Exception {
    counters.set(THROUGHPUT, 0);
    shaped.idlePeriod(SECOND).set(Metrics.BACKLOG, 0);
    ping.idlePeriod(SECOND);
    link = link(builder().probe(ping).probe(counters).probe(shaped));
    link.reset(0);
  }

  private Observation step() throws Exception {
    boolean due = ping.paces().isEmpty() || ping.paces().get(ping.paces().size() - 1) == Pace.FULL;
    if (due || clock.now().getNano() == 0) {
      ping.then(m -> m.delays(List.of(reply(clock.now()))));
    }
    return link.step(PLAN).observation();
  }

  private static DelaySample reply(Instant at) {
    return new DelaySample("192.0.2.1", at, Duration.ofMillis(40));
  }

  private void pass(Duration time) throws Exception {
    for (long i = time.dividedBy(link.interval()); i > 0; i--) {
      step();
    }
  }

  @Test
  void afterAMinuteProbesAreToldAndAskedAtThePaceThatSuitsThem() throws Exception {
    pass(Duration.ofSeconds(61));
    assertEquals(List.of(Pace.IDLE), ping.paces());
    assertEquals(List.of(LoopEvent.Kind.LINK_IDLE), kinds());
    int pings = ping.measured();
    int counts = counters.measured();
    pass(Duration.ofSeconds(10));
    assertEquals(10, ping.measured() - pings);
    assertEquals(100, counters.measured() - counts);
  }

  @Test
  void theTickThatSeesTrafficTellsThemAndTheNextAsksThemAll() throws Exception {
    pass(Duration.ofSeconds(61));
    counters.set(THROUGHPUT, 5e6);
    step();
    assertEquals(List.of(Pace.IDLE, Pace.FULL), ping.paces());
    assertEquals(List.of(LoopEvent.Kind.LINK_IDLE, LoopEvent.Kind.LINK_ACTIVE), kinds());
    int asked = shaped.measured();
    pass(SECOND);
    assertEquals(asked + 10, shaped.measured());
    assertEquals(2, events.size(), "told once");
  }

  @Test
  void ticksKeepTheirIntervalAndThePlanIsNotTouched() throws Exception {
    pass(Duration.ofSeconds(59));
    int plans = shaper.applied().size();
    Instant before = clock.now();
    for (int i = 1; i <= 300; i++) {
      assertEquals(before.plus(link.interval().multipliedBy(i)), step().time());
    }
    assertTrue(
        shaper.applied().subList(plans, shaper.applied().size()).stream().allMatch(PLAN::equals));
  }

  @Test
  void fewRepliesAreNoDelayNeitherThenNorAfterwards() throws Exception {
    pass(Duration.ofSeconds(59));
    for (int i = 0; i < 300; i++) {
      Observation seen = step();
      assertEquals(0, seen.orElse(Metrics.DELAY_INFLATION, 1), 1e-9, seen.time().toString());
      assertEquals(0, seen.orElse(Metrics.BLIND, 1));
      if (i == 200) {
        counters.set(THROUGHPUT, 5e6);
      }
    }
    assertEquals(List.of(Pace.IDLE, Pace.FULL), ping.paces());
  }

  @Test
  void aProbeWithAPeriodOfItsOwnKeepsIt() throws Exception {
    FakeProbe slow = new FakeProbe(clock, Set.of(Metrics.LOSS)).idlePeriod(SECOND);
    link = link(builder().probe(counters).probe(slow, Duration.ofSeconds(5)).probe(ping));
    link.reset(0);
    pass(Duration.ofSeconds(61));
    int measured = slow.measured();
    pass(Duration.ofSeconds(50));
    assertEquals(measured + 10, slow.measured());
  }

  @Test
  void silenceEndsIt() throws Exception {
    pass(Duration.ofSeconds(61));
    for (int i = 0; i < 40; i++) {
      link.step(PLAN);
    }
    assertEquals(List.of(Pace.IDLE, Pace.FULL), ping.paces());
  }

  @Test
  void itCanBeRuledOut() throws Exception {
    link = link(builder().idleAfter(Duration.ZERO).probe(ping).probe(counters));
    link.reset(0);
    pass(Duration.ofSeconds(120));
    assertEquals(List.of(), ping.paces());
  }
}
