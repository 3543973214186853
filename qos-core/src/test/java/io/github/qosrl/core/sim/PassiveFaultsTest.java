package io.github.qosrl.core.sim;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static io.github.qosrl.core.sim.PassiveScene.ACKS;
import static io.github.qosrl.core.sim.PassiveScene.ACK_DELAY;
import static io.github.qosrl.core.sim.PassiveScene.ACK_INFLATION;
import static io.github.qosrl.core.sim.PassiveScene.BELOW_CAPACITY;
import static io.github.qosrl.core.sim.PassiveScene.DELIVERED;
import static io.github.qosrl.core.sim.PassiveScene.DELIVERY_RATE;
import static io.github.qosrl.core.sim.PassiveScene.DOWN_DELAY;
import static io.github.qosrl.core.sim.PassiveScene.DOWN_SAMPLES;
import static io.github.qosrl.core.sim.PassiveScene.TIMESTAMPS;
import static io.github.qosrl.core.sim.PassiveScene.UP_DELAY;
import static io.github.qosrl.core.sim.PassiveScene.afterSeconds;
import static io.github.qosrl.core.sim.PassiveScene.lastOf;
import static io.github.qosrl.core.sim.PassiveScene.mean;
import static io.github.qosrl.core.sim.PassiveScene.plan;
import static io.github.qosrl.core.sim.PassiveScene.play;
import static io.github.qosrl.core.sim.PassiveScene.steady;
import static io.github.qosrl.core.sim.PassiveScene.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with what a passive probe of the simulated link shows, and with its pings. */
class PassiveFaultsTest {

  @Test
  void receiversThatDelayAcknowledgementsDoSoOnlyWhereFewPacketsCome() throws InterruptedException {
    Traffic sparse = Traffic.limited(UPLOAD, Transport.CUBIC, BitRate.ofKilobits(200));
    ScenarioBuilder few = steady(0, 0).addTraffic(1, sparse).interval(Duration.ofMillis(200));
    assertEquals(0.0824, mean(play(few, BELOW_CAPACITY), ACK_DELAY), 0.003);
    assertEquals(0, mean(play(few, BELOW_CAPACITY), ACK_INFLATION), 0.005);
    double prompt = mean(play(with(few, s -> s.withDelayedAcks(false)), BELOW_CAPACITY), ACK_DELAY);
    assertEquals(0.0424, prompt, 0.003);
    assertTrue(mean(play(steady(0, 2), BELOW_CAPACITY), ACK_DELAY) < 0.055);
  }

  @Test
  void whereEveryPacketIsAcknowledgedAShortQueueIsNotSeenByAcknowledgements()
      throws InterruptedException {
    ScenarioBuilder scenario = steady(0, 4).uploadBuffer(Duration.ofMillis(30));
    List<PassiveScene.Tick> ticks = afterSeconds(play(scenario, ShapingPlan.UNLIMITED), 2);
    assertTrue(mean(ticks, ACK_INFLATION) > 0.015);
    ticks =
        afterSeconds(play(with(scenario, s -> s.withDelayedAcks(false)), ShapingPlan.UNLIMITED), 2);
    assertEquals(0, mean(ticks, ACK_INFLATION), 0.001);
  }

  @Test
  void aCoarseClockAddsUpToATick() throws InterruptedException {
    // Few packets, so that hardly one is sent right after the clock has ticked.
    Traffic thin = Traffic.limited(DOWNLOAD, Transport.CUBIC, BitRate.ofKilobits(300));
    ScenarioBuilder scenario = steady(0, 0).addTraffic(1, thin);
    double[] error = new double[2];
    int[] ticksOf = {1, 10};
    for (int i = 0; i < 2; i++) {
      int tick = ticksOf[i];
      List<PassiveScene.Tick> ticks =
          afterSeconds(
              play(
                  with(scenario, s -> s.withTimestampTick(Duration.ofMillis(tick))),
                  BELOW_CAPACITY),
              1);
      for (PassiveScene.Tick t : ticks) {
        assertTrue(!(t.get(DOWN_DELAY) > 0.001 * tick + 0.001), t::toString);
      }
      error[i] = mean(ticks, DOWN_DELAY);
    }
    assertTrue(error[1] > 3 * error[0] && error[1] < 0.008, error[0] + ", " + error[1]);
  }

  @Test
  void ofAClocksDriftATenthIsLeft() throws InterruptedException {
    ScenarioBuilder minute = steady(1, 0).duration(Duration.ofSeconds(50));
    List<PassiveScene.Tick> ticks = play(with(minute, s -> s.withClockDrift(1e-4)), plan(5, 4));
    assertEquals(
        45 * 1e-5,
        mean(afterSeconds(ticks, 40), DOWN_DELAY) - mean(ticks.subList(0, 100), DOWN_DELAY),
        2e-4);
    ticks = play(with(minute, s -> s.withClockDrift(-1e-4)), plan(5, 4));
    assertTrue(mean(afterSeconds(ticks, 40), DOWN_DELAY) < 0.002);
  }

  @Test
  void withoutTimestampsOnlyAcknowledgementsTell() throws InterruptedException {
    for (PassiveScene.Tick tick :
        play(with(steady(2, 2), s -> s.withTimestamps(0)), BELOW_CAPACITY)) {
      assertFalse(tick.flows().has(DOWN_DELAY));
      assertFalse(tick.flows().has(UP_DELAY));
      assertEquals(0, tick.get(DOWN_SAMPLES));
      assertEquals(0, tick.get(TIMESTAMPS));
    }
    PassiveScene.Tick last =
        lastOf(play(with(steady(2, 2), s -> s.withTimestamps(0)), BELOW_CAPACITY));
    assertTrue(last.get(ACKS) > 0.9 && last.flows().has(ACK_DELAY), last::toString);
  }

  @Test
  void coverageIsThePartOfTheBytesThatCanBeRead() throws InterruptedException {
    PassiveScene.Tick half = lastOf(play(with(steady(4, 4), s -> s.withQuic(0.5)), BELOW_CAPACITY));
    assertEquals(0.5, half.get(TIMESTAMPS), 0.2);
    assertEquals(0.5, half.get(ACKS), 0.2);
    assertEquals(2, half.get(FlowMetrics.FLOWS.in(DOWNLOAD)));
    assertEquals(2, half.get(FlowMetrics.FLOWS.in(UPLOAD)));
    PassiveScene.Tick none = lastOf(play(with(steady(4, 4), s -> s.withQuic(1)), BELOW_CAPACITY));
    assertEquals(0, none.get(TIMESTAMPS));
    assertEquals(0, none.get(ACKS));
    assertEquals(0, none.get(DELIVERED));
    assertFalse(none.flows().has(DELIVERY_RATE));
    assertFalse(none.flows().has(ACK_DELAY));
  }

  @Test
  void aNewFlowsClockTellsNothingForAQuarterOfASecond() throws InterruptedException {
    List<PassiveScene.Tick> ticks = play(steady(1, 0), BELOW_CAPACITY);
    for (PassiveScene.Tick tick : ticks.subList(0, 5)) {
      assertFalse(tick.flows().has(DOWN_DELAY));
    }
    assertTrue(ticks.get(8).flows().has(DOWN_DELAY));
  }

  @Test
  void pingsThatAreServedApartSeeNoQueueButUsersDo() throws InterruptedException {
    Scenario apart = steady(4, 0).icmpApart(true).build();
    SimulatedLink link = new SimulatedLink(apart);
    link.reset(1);
    Observation seen = link.step(ShapingPlan.UNLIMITED).observation();
    for (int i = 0; i < 199; i++) {
      seen = link.step(ShapingPlan.UNLIMITED).observation();
      assertTrue(seen.orElse(Metrics.RTT_MAX, 0) < 0.045, seen::toString);
    }
    assertTrue(link.truth().download().queueingDelay() > 0.4);
    assertTrue(seen.orElse(DOWN_DELAY, 0) > 0.4, "the users' own packets");
    assertTrue(link.score().inflationP95() > 0.4, "what users feel");
  }

  @Test
  void pingsThatAreServedApartWaitInAnOutageTheSame() throws InterruptedException {
    CapacityProcess gap =
        CapacityProcess.trace(new double[] {20e6, 0, 20e6, 20e6}, Duration.ofSeconds(2));
    List<PassiveScene.Tick> ticks =
        play(steady(1, 0).download(gap).icmpApart(true), BELOW_CAPACITY);
    double most =
        ticks.stream().mapToDouble(t -> t.seen().orElse(Metrics.RTT_MAX, 0)).max().orElse(0);
    assertEquals(2, most, 0.15);
  }

  @Test
  void drawnScenariosHaveASpreadOfSignalsAndPingsAsBefore() {
    int unread = 0;
    int covered = 0;
    int coarse = 0;
    for (long seed = 0; seed < 200; seed++) {
      Scenario drawn = ScenarioSet.TRAINING.draw(seed);
      assertFalse(drawn.icmpApart());
      PassiveSignals signals = drawn.passiveSignals();
      assertEquals(signals, ScenarioSet.TRAINING.draw(seed).passiveSignals());
      unread += signals.observed() ? 0 : 1;
      covered += signals.timestamps() == 1 && signals.quic() == 0 ? 1 : 0;
      coarse += signals.timestampTick().toMillis() > 1 ? 1 : 0;
    }
    assertTrue(unread > 10 && unread < 50, "unread " + unread);
    assertTrue(covered > 25 && covered < 100, "covered " + covered);
    assertTrue(coarse > 50 && coarse < 110, "coarse " + coarse);
  }

  @Test
  void aPartOfTheDrawnScenariosCanHavePingsApart() {
    int apart = 0;
    for (long seed = 0; seed < 200; seed++) {
      Scenario drawn = ScenarioSet.TEST.drawWithIcmpApart(seed, 0.25);
      apart += drawn.icmpApart() ? 1 : 0;
      assertEquals(ScenarioSet.TEST.draw(seed).traffic(), drawn.traffic());
    }
    assertEquals(50, apart, 20);
  }

  @Test
  void everyMistakeIsTold() {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new PassiveSignals(true, 2, -1, Duration.ZERO, 1, true))
                .getMessage());
    for (String part : new String[] {"timestamps 2.0", "QUIC -1.0", "tick", "drift 1.0"}) {
      assertTrue(message.contains(part), message);
    }
  }
}
