package io.github.qosrl.core.sim;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PassiveSignalsTest {
  private static final Metric DOWN_DELAY = FlowMetrics.FLOW_ONE_WAY_INFLATION.in(DOWNLOAD);
  private static final Metric DOWN_SAMPLES = FlowMetrics.FLOW_ONE_WAY_SAMPLES.in(DOWNLOAD);
  private static final Metric UP_DELAY = FlowMetrics.FLOW_ONE_WAY_INFLATION.in(UPLOAD);
  private static final Metric ACK_DELAY = FlowMetrics.FLOW_ACK_DELAY.in(UPLOAD);
  private static final Metric ACK_INFLATION = FlowMetrics.FLOW_ACK_INFLATION.in(UPLOAD);
  private static final Metric DELIVERED = FlowMetrics.FLOW_DELIVERED.in(UPLOAD);
  private static final Metric DELIVERY_RATE = FlowMetrics.FLOW_DELIVERY_RATE.in(UPLOAD);
  private static final Metric TIMESTAMPS = FlowMetrics.FLOW_TIMESTAMP_COVERAGE.in(DOWNLOAD);
  private static final Metric ACKS = FlowMetrics.FLOW_ACK_COVERAGE.in(UPLOAD);

  private static final ShapingPlan BELOW_CAPACITY = plan(18, 4.5);

  private static ShapingPlan plan(double down, double up) {
    return ShapingPlan.of(BitRate.ofMegabits(down), BitRate.ofMegabits(up));
  }

  /** A tick: what was seen of it, and what went on. */
  private record Tick(Measurement flows, Observation seen, LinkTruth truth) {
    double get(Metric metric) {
      return flows.orElse(metric, Double.NaN);
    }
  }

  private static ScenarioBuilder steady(int downloads, int uploads) {
    return Scenario.builder("steady")
        .traffic(List.of())
        .addTraffic(downloads, Traffic.bulk(DOWNLOAD, Transport.CUBIC))
        .addTraffic(uploads, Traffic.bulk(UPLOAD, Transport.CUBIC))
        .interval(Duration.ofMillis(50))
        .duration(Duration.ofSeconds(10));
  }

  private static List<Tick> play(ScenarioBuilder scenario, ShapingPlan plan)
      throws InterruptedException {
    SimulatedLink link = new SimulatedLink(scenario.build());
    link.reset(1);
    List<Tick> ticks = new ArrayList<>();
    boolean done = false;
    while (!done) {
      Step step = link.step(plan);
      Observation seen = step.observation();
      ticks.add(new Tick(seen.measurements().get(3), seen, link.truth()));
      done = step.done();
    }
    return ticks;
  }

  private static ScenarioBuilder with(
      ScenarioBuilder scenario, UnaryOperator<PassiveSignals> change) {
    return scenario.passiveSignals(change);
  }

  private static double mean(List<Tick> ticks, Metric metric) {
    return ticks.stream()
        .mapToDouble(t -> t.seen().orElse(metric, Double.NaN))
        .filter(v -> !Double.isNaN(v))
        .average()
        .orElse(-1);
  }

  private static List<Tick> afterSeconds(List<Tick> ticks, double seconds) {
    return ticks.subList((int) (20 * seconds), ticks.size());
  }

  private static double queue(Tick tick, Direction direction) {
    return tick.truth().of(direction).queueingDelay();
  }

  @Test
  void theDownloadsDelayIsThatOfItsBottlenecksQueue() throws InterruptedException {
    for (Tick tick : afterSeconds(play(steady(4, 0), ShapingPlan.UNLIMITED), 1)) {
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
      for (Tick tick : afterSeconds(play(scenario, plan(8, 2)), 2)) {
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
    List<Tick> ticks = afterSeconds(play(scenario, plan(100, 4)), 4);
    int told = 0;
    for (Tick tick : ticks) {
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
    List<Tick> ticks = afterSeconds(play(steady(0, 4), ShapingPlan.UNLIMITED), 2);
    double truth =
        ticks.stream().mapToDouble(t -> t.truth().upload().delivered()).average().orElse(0);
    assertEquals(truth, mean(ticks, DELIVERY_RATE), 0.01 * truth);
    assertEquals(truth * 0.05 / 8 * 1448 / 1514, mean(ticks, DELIVERED), 0.01 * truth * 0.05 / 8);
  }

  @Test
  void acknowledgementsTakeBothQueuesAndTheUploadsDelayIsItsOwn() throws InterruptedException {
    ScenarioBuilder both = steady(4, 4).download(CapacityProcess.constant(BitRate.ofMegabits(6)));
    List<Tick> ticks = afterSeconds(play(both, ShapingPlan.UNLIMITED), 3);
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
    List<Tick> ticks = play(slow, plan(18, 0.45));
    double delay = mean(ticks.subList(50, ticks.size()), ACK_DELAY);
    assertTrue(delay >= 0.04 + packet - 1e-6 && delay < 0.04 + 2 * packet, "delay " + delay);
  }

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
    List<Tick> ticks = afterSeconds(play(scenario, ShapingPlan.UNLIMITED), 2);
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
      List<Tick> ticks =
          afterSeconds(
              play(
                  with(scenario, s -> s.withTimestampTick(Duration.ofMillis(tick))),
                  BELOW_CAPACITY),
              1);
      for (Tick t : ticks) {
        assertTrue(!(t.get(DOWN_DELAY) > 0.001 * tick + 0.001), t::toString);
      }
      error[i] = mean(ticks, DOWN_DELAY);
    }
    assertTrue(error[1] > 3 * error[0] && error[1] < 0.008, error[0] + ", " + error[1]);
  }

  @Test
  void ofAClocksDriftATenthIsLeft() throws InterruptedException {
    ScenarioBuilder minute = steady(1, 0).duration(Duration.ofSeconds(50));
    List<Tick> ticks = play(with(minute, s -> s.withClockDrift(1e-4)), plan(5, 4));
    assertEquals(
        45 * 1e-5,
        mean(afterSeconds(ticks, 40), DOWN_DELAY) - mean(ticks.subList(0, 100), DOWN_DELAY),
        2e-4);
    ticks = play(with(minute, s -> s.withClockDrift(-1e-4)), plan(5, 4));
    assertTrue(mean(afterSeconds(ticks, 40), DOWN_DELAY) < 0.002);
  }

  @Test
  void withoutTimestampsOnlyAcknowledgementsTell() throws InterruptedException {
    for (Tick tick : play(with(steady(2, 2), s -> s.withTimestamps(0)), BELOW_CAPACITY)) {
      assertFalse(tick.flows().has(DOWN_DELAY));
      assertFalse(tick.flows().has(UP_DELAY));
      assertEquals(0, tick.get(DOWN_SAMPLES));
      assertEquals(0, tick.get(TIMESTAMPS));
    }
    Tick last = lastOf(play(with(steady(2, 2), s -> s.withTimestamps(0)), BELOW_CAPACITY));
    assertTrue(last.get(ACKS) > 0.9 && last.flows().has(ACK_DELAY), last::toString);
  }

  private static Tick lastOf(List<Tick> ticks) {
    return ticks.get(ticks.size() - 1);
  }

  @Test
  void coverageIsThePartOfTheBytesThatCanBeRead() throws InterruptedException {
    Tick half = lastOf(play(with(steady(4, 4), s -> s.withQuic(0.5)), BELOW_CAPACITY));
    assertEquals(0.5, half.get(TIMESTAMPS), 0.2);
    assertEquals(0.5, half.get(ACKS), 0.2);
    assertEquals(2, half.get(FlowMetrics.FLOWS.in(DOWNLOAD)));
    assertEquals(2, half.get(FlowMetrics.FLOWS.in(UPLOAD)));
    Tick none = lastOf(play(with(steady(4, 4), s -> s.withQuic(1)), BELOW_CAPACITY));
    assertEquals(0, none.get(TIMESTAMPS));
    assertEquals(0, none.get(ACKS));
    assertEquals(0, none.get(DELIVERED));
    assertFalse(none.flows().has(DELIVERY_RATE));
    assertFalse(none.flows().has(ACK_DELAY));
  }

  @Test
  void anIdleLinkTellsNothing() throws InterruptedException {
    Tick tick = lastOf(play(steady(0, 0), BELOW_CAPACITY));
    for (Metric absent : List.of(DOWN_DELAY, ACK_DELAY, DELIVERY_RATE, TIMESTAMPS, ACKS)) {
      assertFalse(tick.flows().has(absent), absent::toString);
    }
    assertEquals(0, tick.get(DOWN_SAMPLES));
    assertEquals(0, tick.get(FlowMetrics.FLOWS.in(DOWNLOAD)));
  }

  @Test
  void aNewFlowsClockTellsNothingForAQuarterOfASecond() throws InterruptedException {
    List<Tick> ticks = play(steady(1, 0), BELOW_CAPACITY);
    for (Tick tick : ticks.subList(0, 5)) {
      assertFalse(tick.flows().has(DOWN_DELAY));
    }
    assertTrue(ticks.get(8).flows().has(DOWN_DELAY));
  }

  @Test
  void lossesShowAsHolesAndRetransmissions() throws InterruptedException {
    List<Tick> lossless = afterSeconds(play(steady(2, 2), plan(10, 2)), 5);
    List<Tick> lossy = afterSeconds(play(steady(2, 2).randomLoss(0.01), plan(10, 2)), 2);
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
    List<Tick> ticks = play(steady(1, 0).download(gap).icmpApart(true), BELOW_CAPACITY);
    double most =
        ticks.stream().mapToDouble(t -> t.seen().orElse(Metrics.RTT_MAX, 0)).max().orElse(0);
    assertEquals(2, most, 0.15);
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
      assertEquals(a.measurements(), b.measurements().subList(0, 3));
      assertEquals(without.truth(), with.truth());
    }
    assertEquals(without.score(), with.score());
  }

  @Test
  void equalSeedsGiveEqualSignals() throws InterruptedException {
    ScenarioBuilder scenario =
        with(steady(3, 2), s -> s.withQuic(0.3).withTimestamps(0.6)).randomLoss(0.001);
    List<Tick> first = play(scenario, plan(25, 6));
    List<Tick> second = play(scenario, plan(25, 6));
    for (int i = 0; i < first.size(); i++) {
      assertEquals(first.get(i).flows(), second.get(i).flows());
    }
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
