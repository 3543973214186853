package io.github.qosrl.core.sim;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedLinkTest {
  private static final BitRate MBIT_20 = BitRate.ofMegabits(20);

  private static ShapingPlan plan(double down, double up) {
    return ShapingPlan.of(BitRate.ofMegabits(down), BitRate.ofMegabits(up));
  }

  private static LinkScore play(Scenario scenario, ShapingPlan plan) throws InterruptedException {
    SimulatedLink link = new SimulatedLink(scenario);
    link.reset(1);
    while (!link.step(plan).done()) {}
    return link.score();
  }

  @Test
  void equalSeedsGiveEqualEpisodes() throws InterruptedException {
    for (String name : Scenarios.names()) {
      assertEquals(episode(name, 7), episode(name, 7), name);
    }
    assertFalse(episode("lte", 7).equals(episode("lte", 8)));
  }

  private static List<Step> episode(String name, long seed) throws InterruptedException {
    SimulatedLink link =
        new SimulatedLink(
            Scenarios.named(name).toBuilder().duration(Duration.ofSeconds(5)).build());
    link.reset(seed);
    List<Step> steps = new ArrayList<>();
    do {
      steps.add(link.step(plan(10 + steps.size() % 3, 4)));
    } while (!steps.get(steps.size() - 1).done());
    return steps;
  }

  @Test
  void resettingForgetsTheEpisodeBefore() throws InterruptedException {
    SimulatedLink link = new SimulatedLink(Scenarios.named("lte"));
    Observation first = link.reset(3);
    Step step = link.step(plan(5, 1));
    link.reset(4);
    link.step(ShapingPlan.UNLIMITED);
    assertEquals(first, link.reset(3));
    assertEquals(step, link.step(plan(5, 1)));
  }

  @Test
  void anUnshapedLinkFillsItsBuffer() throws InterruptedException {
    LinkScore score = play(Scenarios.named("constant"), ShapingPlan.UNLIMITED);
    assertTrue(score.downloadUtilisation() > 0.98, score::toString);
    assertEquals(0.75, score.inflationP95(), 0.02, score::toString);
  }

  @Test
  void ninetyFivePercentOfASteadyLinkIsUsedWithoutDelay() throws InterruptedException {
    LinkScore score = play(Scenarios.named("constant"), plan(19, 4.75));
    assertTrue(score.downloadUtilisation() > 0.9, score::toString);
    assertTrue(score.downloadUtilisation() <= 0.95, score::toString);
    assertTrue(score.inflationP95() < 0.003, score::toString);
    assertEquals(0, score.downloadVariation(), 1e-9);
  }

  @Test
  void aLimitFixedAtTheMeanLetsTheBufferFillWhenCapacityFalls() throws InterruptedException {
    LinkScore score = play(Scenarios.named("steps"), plan(24, 4.75));
    assertEquals(0.65, score.downloadUtilisation(), 0.05, score::toString);
    assertTrue(score.inflationP95() > 1.5, score::toString);
  }

  @Test
  void uploadsFillTheUploadsBufferUnlessShaped() throws InterruptedException {
    Scenario uploads =
        Scenario.builder("uploads")
            .traffic(List.of())
            .addTraffic(2, Traffic.bulk(UPLOAD, Transport.CUBIC))
            .build();
    LinkScore unshaped = play(uploads, ShapingPlan.UNLIMITED);
    assertTrue(unshaped.inflationP95() > 0.6, unshaped::toString);
    assertTrue(unshaped.uploadUtilisation() > 0.97, unshaped::toString);
    LinkScore shaped = play(uploads, plan(19, 4.75));
    assertTrue(shaped.inflationP95() < 0.01, shaped::toString);
    assertTrue(shaped.uploadUtilisation() > 0.85, shaped::toString);
  }

  @Test
  void bothDirectionsOfAThinLineStayQuickWhenShaped() throws InterruptedException {
    LinkScore score = play(Scenarios.named("dsl"), plan(15.2, 0.95));
    assertTrue(score.downloadUtilisation() > 0.85, score::toString);
    assertTrue(score.uploadUtilisation() > 0.85, score::toString);
    assertTrue(score.inflationP95() < 0.04, score::toString);
  }

  @Test
  void everyTransportFillsAShapedLink() throws InterruptedException {
    for (Transport transport : List.of(Transport.CUBIC, Transport.RENO, Transport.BBR)) {
      Scenario scenario =
          Scenario.builder("one")
              .traffic(List.of())
              .addTraffic(4, Traffic.bulk(DOWNLOAD, transport))
              .build();
      LinkScore score = play(scenario, plan(19, 4.75));
      assertTrue(score.downloadUtilisation() > 0.85, transport + ": " + score);
    }
  }

  @Test
  void totalLossIsAMeasurementWithoutRoundTripTimes() throws InterruptedException {
    SimulatedLink link =
        new SimulatedLink(Scenario.builder("dead").randomLoss(1).warmUp(Duration.ZERO).build());
    link.reset(1);
    Observation seen = link.step(plan(10, 4)).observation();
    for (int i = 0; i < 50; i++) {
      seen = link.step(plan(10, 4)).observation();
    }
    assertEquals(1, seen.orElse(Metrics.LOSS, -1));
    assertEquals(0, seen.orElse(Metrics.PROBES_RECEIVED, -1));
    assertFalse(seen.get(Metrics.RTT_MEAN).isPresent());
    assertEquals(1, seen.orElse(Metrics.BLIND, -1));
    assertTrue(seen.delays().isEmpty());
    assertEquals(0, link.score().downloadUtilisation(), 1e-9);
  }

  @Test
  void anOutageStopsTheTrafficWhichComesBackAfterwards() throws InterruptedException {
    CapacityProcess gap =
        CapacityProcess.trace(
            new double[] {20e6, 20e6, 0, 20e6, 20e6, 20e6, 20e6}, Duration.ofSeconds(5));
    SimulatedLink link = new SimulatedLink(Scenario.builder("gap").download(gap).build());
    link.reset(1);
    double before = passed(link, 90);
    passed(link, 15);
    double during = passed(link, 40);
    passed(link, 35);
    double after = passed(link, 50);
    assertEquals(0, during, 1e-9);
    assertTrue(after > 0.9 * before * 50 / 90, before + " before, " + after + " after");
  }

  /** Bytes that the WAN interface counts over some ticks at 19 Mbit/s. */
  private static double passed(SimulatedLink link, int ticks) throws InterruptedException {
    double bytes = 0;
    for (int i = 0; i < ticks; i++) {
      bytes += link.step(plan(19, 4.75)).observation().orElse(Metrics.BYTES_PASSED.in(DOWNLOAD), 0);
    }
    return bytes;
  }

  @Test
  void repliesComeInOrderWithinTheirTickAndAtTheProbesPace() throws InterruptedException {
    SimulatedLink link = new SimulatedLink(Scenarios.named("lte"));
    Observation seen = link.reset(5);
    Instant last = Instant.EPOCH;
    int replies = 0;
    for (int i = 0; i < 200; i++) {
      Observation before = seen;
      seen = link.step(plan(8, 4)).observation();
      for (DelaySample reply : seen.delays()) {
        assertFalse(reply.receivedAt().isBefore(last));
        assertFalse(reply.receivedAt().isBefore(before.time()));
        assertFalse(reply.receivedAt().isAfter(seen.time()));
        assertTrue(reply.rtt().toMillis() >= 40);
        last = reply.receivedAt();
        replies++;
      }
    }
    assertEquals(800, replies, 60);
  }

  @Test
  void ourShaperShowsWhatItHoldsBack() throws InterruptedException {
    SimulatedLink link = new SimulatedLink(Scenarios.named("constant"));
    link.reset(1);
    for (int i = 0; i < 50; i++) {
      link.step(plan(19, 4.75));
    }
    Observation seen = link.step(plan(5, 4.75)).observation();
    assertTrue(seen.orElse(Metrics.backlog(DOWNLOAD), 0) > 10_000);
    assertEquals(0, seen.orElse(Metrics.backlog(UPLOAD), -1));
    seen = link.step(ShapingPlan.UNLIMITED).observation();
    assertFalse(seen.get(Metrics.backlog(DOWNLOAD)).isPresent());
  }

  @Test
  void truthAndMetricsAgreeOnWhatPasses() throws InterruptedException {
    SimulatedLink link = new SimulatedLink(Scenarios.named("constant"));
    link.reset(1);
    Observation seen = link.reset(1);
    for (int i = 0; i < 100; i++) {
      seen = link.step(ShapingPlan.UNLIMITED).observation();
    }
    LinkTruth truth = link.truth();
    assertEquals(seen.time(), truth.time());
    assertEquals(MBIT_20.bitsPerSecond(), truth.download().capacity(), 1);
    assertEquals(truth.download().delivered(), seen.orElse(Metrics.throughput(DOWNLOAD), 0), 1e3);
    assertTrue(truth.download().queueingDelay() > 0.1);
    assertEquals(1, truth.download().utilisation(), 0.01);
  }

  @Test
  void anEpisodeIsTruncatedAtItsEndAndNoSooner() throws InterruptedException {
    Scenario scenario = Scenario.builder("short").duration(Duration.ofSeconds(1)).build();
    SimulatedLink link = new SimulatedLink(scenario);
    link.reset(1);
    for (int i = 1; i < 10; i++) {
      assertFalse(link.step(ShapingPlan.UNLIMITED).done());
    }
    Step last = link.step(ShapingPlan.UNLIMITED);
    assertTrue(last.truncated());
    assertFalse(last.terminated());
    assertThrows(IllegalStateException.class, () -> link.step(ShapingPlan.UNLIMITED));
  }

  @Test
  void virtualTimeFollowsTheTicks() throws InterruptedException {
    SimulatedLink link = new SimulatedLink(Scenarios.named("constant"));
    assertEquals(Instant.EPOCH, link.clock().now());
    Observation seen = link.reset(1);
    assertEquals(seen.time(), link.clock().now());
    assertEquals(seen.time().plusMillis(100), link.step(plan(19, 4)).observation().time());
  }

  @Test
  void aLinkThatWasNotResetOrIsClosedRefuses() throws InterruptedException {
    SimulatedLink link = new SimulatedLink(Scenarios.named("constant"));
    assertThrows(IllegalStateException.class, () -> link.step(ShapingPlan.UNLIMITED));
    assertThrows(IllegalStateException.class, link::score);
    link.close();
    link.close();
    assertThrows(IllegalStateException.class, () -> link.reset(1));
  }

  @Test
  void aDrawingLinkPlaysAnotherScenarioForEachSeed() throws InterruptedException {
    SimulatedLink link = new SimulatedLink(ScenarioSet.TRAINING::draw);
    link.reset(1);
    Scenario first = link.scenario();
    link.reset(2);
    assertFalse(first.name().equals(link.scenario().name()));
  }
}
