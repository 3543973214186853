package io.github.qosrl.core.sim;

import static io.github.qosrl.core.Direction.DOWNLOAD;
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
import static io.github.qosrl.core.sim.PassiveScene.queue;
import static io.github.qosrl.core.sim.PassiveScene.steady;
import static io.github.qosrl.core.sim.PassiveScene.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a passive probe of the simulated link shows. */
class PassiveSignalsTest {

  @Test
  void theDownloadsDelayIsThatOfItsBottlenecksQueue() throws InterruptedException {
    for (PassiveScene.Tick tick : afterSeconds(play(steady(4, 0), ShapingPlan.UNLIMITED), 1)) {
      double ping = tick.seen().orElse(Metrics.DELAY_INFLATION, Double.NaN);
      assertEquals(ping, tick.get(DOWN_DELAY), 0.002 + 0.03 * ping);
      // What leaves came when the queue was shorter: it grows.
      assertEquals(queue(tick, DOWNLOAD), tick.get(DOWN_DELAY), 0.002 + 0.2 * ping);
    }
  }

  @Test
  void ourOwnShapersQueueIsInNoneOfTheFigures() throws InterruptedException {
    for (QueueDiscipline queue : QueueDiscipline.values()) {
      ScenarioBuilder scenario = steady(4, 4).shaperQueue(queue);
      for (PassiveScene.Tick tick : afterSeconds(play(scenario, plan(8, 2)), 2)) {
        assertEquals(0, tick.get(DOWN_DELAY), 0.0015);
        assertEquals(0, tick.flows().orElse(ACK_INFLATION, 0), 0.006);
      }
    }
  }

  @Test
  void theUploadsAcknowledgementsShowTheDownloadsQueue() throws InterruptedException {
    // Datagrams fill the download; there is no TCP in it.
    ScenarioBuilder scenario =
        steady(0, 8)
            .addTraffic(1, Traffic.limited(DOWNLOAD, Transport.CONSTANT, BitRate.ofMegabits(22)))
            .download(CapacityProcess.constant(BitRate.ofMegabits(20)));
    List<PassiveScene.Tick> ticks = afterSeconds(play(scenario, plan(100, 4)), 4);
    int told = 0;
    for (PassiveScene.Tick tick : ticks) {
      double ping = tick.seen().orElse(Metrics.DELAY_INFLATION, Double.NaN);
      assertEquals(ping, tick.flows().orElse(DOWN_DELAY, ping), 0.002 + 0.05 * ping);
      told += tick.flows().has(DOWN_DELAY) ? 1 : 0;
      assertEquals(0, tick.get(FlowMetrics.FLOWS.in(DOWNLOAD)));
      assertTrue(tick.get(TIMESTAMPS) < 0.1, tick::toString);
    }
    assertTrue(told > 0.8 * ticks.size(), "in " + told + " windows");
    assertTrue(mean(ticks, DOWN_DELAY) > 0.2);
  }

  @Test
  void whatIsAcknowledgedIsWhatLeavesTheUploadsBottleneck() throws InterruptedException {
    List<PassiveScene.Tick> ticks = afterSeconds(play(steady(0, 4), ShapingPlan.UNLIMITED), 2);
    double truth =
        ticks.stream().mapToDouble(t -> t.truth().upload().delivered()).average().orElse(0);
    assertEquals(truth, mean(ticks, DELIVERY_RATE), 0.01 * truth);
    assertEquals(truth * 0.05 / 8 * 1448 / 1514, mean(ticks, DELIVERED), 0.01 * truth * 0.05 / 8);
  }

  @Test
  void acknowledgementsTakeBothQueuesAndTheUploadsDelayIsItsOwn() throws InterruptedException {
    ScenarioBuilder both = steady(4, 4).download(CapacityProcess.constant(BitRate.ofMegabits(6)));
    List<PassiveScene.Tick> ticks = afterSeconds(play(both, ShapingPlan.UNLIMITED), 3);
    double down = mean(ticks, DOWN_DELAY);
    double up = mean(ticks, UP_DELAY);
    double ping = mean(ticks, Metrics.DELAY_INFLATION);
    assertTrue(down > 0.1 && up > 0.1, "down " + down + ", up " + up);
    assertEquals(ping, mean(ticks, ACK_INFLATION), 0.05 * ping);
    assertEquals(ping + 0.04, mean(ticks, ACK_DELAY), 0.05 * ping);
    assertEquals(ping, down + up, 0.05 * ping);
  }

  @Test
  void aPacketsTimeOnASlowUploadCountsAsDelay() throws InterruptedException {
    ScenarioBuilder slow =
        steady(0, 1)
            .upload(CapacityProcess.constant(BitRate.ofKilobits(500)))
            .interval(Duration.ofMillis(100));
    double packet = 1514 * 8 / 500e3;
    List<PassiveScene.Tick> ticks = play(slow, plan(18, 0.45));
    double delay = mean(ticks.subList(50, ticks.size()), ACK_DELAY);
    assertTrue(delay >= 0.04 + packet - 1e-6 && delay < 0.04 + 2 * packet, "delay " + delay);
  }

  @Test
  void anIdleLinkTellsNothing() throws InterruptedException {
    PassiveScene.Tick tick = lastOf(play(steady(0, 0), BELOW_CAPACITY));
    for (Metric absent : List.of(DOWN_DELAY, ACK_DELAY, DELIVERY_RATE, TIMESTAMPS, ACKS)) {
      assertFalse(tick.flows().has(absent), absent::toString);
    }
    assertEquals(0, tick.get(DOWN_SAMPLES));
    assertEquals(0, tick.get(FlowMetrics.FLOWS.in(DOWNLOAD)));
  }

  @Test
  void lossesShowAsHolesAndRetransmissions() throws InterruptedException {
    List<PassiveScene.Tick> lossless = afterSeconds(play(steady(2, 2), plan(10, 2)), 5);
    List<PassiveScene.Tick> lossy =
        afterSeconds(play(steady(2, 2).randomLoss(0.01), plan(10, 2)), 2);
    for (Direction d : Direction.values()) {
      double packets =
          lossy.stream()
              .mapToDouble(t -> t.seen().orElse(Metrics.PACKETS_PASSED.in(d), 0))
              .average()
              .orElse(0);
      assertTrue(mean(lossy, FlowMetrics.FLOW_RETRANSMITS.in(d)) > 0.003 * packets);
      assertTrue(mean(lossy, FlowMetrics.FLOW_HOLES.in(d)) > 0.1);
      assertTrue(
          mean(lossless, FlowMetrics.FLOW_HOLES.in(d)) < mean(lossy, FlowMetrics.FLOW_HOLES.in(d)));
    }
  }

  @Test
  void signalsChangeNothingButWhatIsSeen() throws InterruptedException {
    Scenario none = Scenarios.named("lte").toBuilder().passiveSignals(PassiveSignals.NONE).build();
    SimulatedLink without = new SimulatedLink(none);
    SimulatedLink with = new SimulatedLink(Scenarios.named("lte"));
    without.reset(3);
    with.reset(3);
    for (int i = 0; i < 200; i++) {
      Observation a = without.step(plan(12, 4)).observation();
      Observation b = with.step(plan(12, 4)).observation();
      assertEquals(a.measurements(), b.measurements().subList(0, 4));
      assertEquals(without.truth(), with.truth());
    }
    assertEquals(without.score(), with.score());
  }

  @Test
  void equalSeedsGiveEqualSignals() throws InterruptedException {
    ScenarioBuilder scenario =
        with(steady(3, 2), s -> s.withQuic(0.3).withTimestamps(0.6)).randomLoss(0.001);
    List<PassiveScene.Tick> first = play(scenario, plan(25, 6));
    List<PassiveScene.Tick> second = play(scenario, plan(25, 6));
    for (int i = 0; i < first.size(); i++) {
      assertEquals(first.get(i).flows(), second.get(i).flows());
    }
  }
}
