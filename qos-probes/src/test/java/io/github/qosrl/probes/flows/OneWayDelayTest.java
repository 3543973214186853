package io.github.qosrl.probes.flows;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.FlowMetrics.FLOW_ONE_WAY_INFLATION;
import static io.github.qosrl.core.FlowMetrics.FLOW_ONE_WAY_SAMPLES;
import static io.github.qosrl.core.FlowMetrics.FLOW_TIMESTAMP_COVERAGE;
import static io.github.qosrl.probes.flows.FlowScene.MS;
import static io.github.qosrl.probes.flows.FlowScene.SECOND;
import static io.github.qosrl.probes.flows.FlowScene.SEGMENT;
import static io.github.qosrl.probes.flows.FlowScene.START;
import static io.github.qosrl.probes.flows.FlowScene.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.probes.flows.FlowScene.Clock;
import io.github.qosrl.probes.packet.Packets.Link;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The download's one-way delay, by the senders' clocks. */
class OneWayDelayTest {
  private static final long GAP = 3 * MS / 2 + 137_000;
  private FlowScene scene = new FlowScene();
  private final int[] sequences = new int[5000];

  /** A flow sends from one time to another, while packets wait as told, in milliseconds. */
  private void flow(int flow, Clock clock, double from, double to, LongToDoubleFunction queue) {
    for (long t = at(from); t < at(to); t += GAP) {
      packet(flow, clock, t, queue.applyAsDouble(t - START));
    }
  }

  private void packet(int flow, Clock clock, long t, double queueMillis) {
    long arrives = t + 20 * MS + (long) (queueMillis * MS);
    scene.download(t, arrives, flow, sequences[flow], clock);
    sequences[flow] += SEGMENT;
  }

  private static long at(double seconds) {
    return START + (long) (seconds * SECOND);
  }

  private Measurement take(double seconds) {
    return scene.take(at(seconds));
  }

  private double inflation(Measurement m) {
    return 1e3 * get(m, FLOW_ONE_WAY_INFLATION, DOWNLOAD);
  }

  private static LongToDoubleFunction queue(double millis) {
    return t -> millis;
  }

  static Stream<Arguments> clocks() {
    return Stream.of(1e3, 1e6, 2e6, 4e6, 10e6)
        .flatMap(tick -> Stream.of(-100e-6, 0.0, 100e-6).map(drift -> Arguments.of(tick, drift)));
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void aQueueIsSeenWhateverTheSendersClock(double tick, double drift) {
    Clock clock = new Clock(tick, drift, -5000);
    flow(0, clock, 0, 100, queue(0));
    double none = inflation(take(100));
    assertEquals(0, none, 0.5 + 0.1 * tick / MS, "with an empty queue");
    flow(0, clock, 100, 101, queue(50));
    assertEquals(50, inflation(take(101)), 1 + 0.1 * tick / MS);
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void aQueueIsSeenBehindEachLinkLayer(Link link) {
    for (boolean v6 : new boolean[] {false, true}) {
      scene = new FlowScene(link, v6);
      flow(0, Clock.LINUX, 0, 2, t -> t > SECOND ? 80 : 0);
      assertEquals(80, inflation(take(2)), 1);
    }
  }

  @Test
  void theQueueOfTheEndOfTheWindowCounts() {
    flow(0, Clock.LINUX, 0, 2, t -> t < 1.5 * SECOND ? 0 : (t - 1.5 * SECOND) * 100 / SECOND);
    assertEquals(50, inflation(take(2)), 1.5);
  }

  @Test
  void slowStartFromAnEmptyLinkIsMeasuredFromItsFirstPacket() {
    flow(0, Clock.LINUX, 0, 0.4, t -> Math.min(100, t * 500.0 / SECOND));
    assertEquals(100, inflation(take(0.4)), 1);
  }

  @Test
  void aFlowThatBeginsInAStandingQueueDoesNotTakeItForTheLeastDelay() {
    flow(0, Clock.LINUX, 0, 2, queue(0));
    flow(0, Clock.LINUX, 2, 3, queue(60));
    take(3);
    flow(1, new Clock(1 * MS, 0, 77), 3, 4, queue(60));
    assertEquals(60, inflation(take(4)), 2);
    flow(1, new Clock(1 * MS, 0, 77), 4, 5, queue(0));
    assertEquals(0, inflation(take(5)), 1);
  }

  @Test
  void aStandingQueueDoesNotBecomeTheLeastDelayForAMinute() {
    flow(0, Clock.LINUX, 0, 2, queue(0));
    flow(0, Clock.LINUX, 2, 55, queue(40));
    assertEquals(40, inflation(take(55)), 1);
  }

  @Test
  void aLongerRouteIsTheLeastDelayInTheEnd() {
    flow(0, Clock.LINUX, 0, 20, queue(0));
    flow(0, Clock.LINUX, 20, 95, queue(40));
    assertEquals(0, inflation(take(95)), 1);
  }

  @Test
  void aShorterRouteIsTheLeastDelayAtOnce() {
    flow(0, Clock.LINUX, 0, 10, queue(40));
    flow(0, Clock.LINUX, 10, 10.1, queue(0));
    assertEquals(0, inflation(take(10.1)), 0.5);
  }

  @Test
  void aQueueThatComesAndGoesIsNoDrift() {
    flow(0, Clock.LINUX, 0, 120, t -> t / SECOND % 10 < 4 ? 0 : 30);
    assertEquals(30, inflation(take(120)), 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 100, 1000})
  void manyFlowsAgree(int flows) {
    Random random = new Random(5);
    for (long t = at(0); t < at(6); t += 300_000) {
      int flow = random.nextInt(flows);
      packet(flow, new Clock(1 * MS, 20e-6, 1_000_003 * flow), t, t < at(4) ? 0 : 25);
    }
    assertEquals(25, inflation(take(6)), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "constant", "zero", "backwards", "restarts", "far too fast"})
  void inventedTimestampsHarmNothing(String kind) {
    Random random = new Random(3);
    LongToDoubleFunction queue = t -> t > 8 * SECOND ? 30 : 0;
    for (long t = at(0); t < at(10); t += GAP) {
      packet(0, Clock.LINUX, t, queue.applyAsDouble(t - START));
      int value =
          switch (kind) {
            case "random" -> random.nextInt();
            case "constant" -> 12345;
            case "zero" -> 0;
            case "backwards" -> (int) -((t - START) / MS);
            case "restarts" -> (int) ((t - START) % SECOND / MS);
            default -> (int) ((t - START) / 100);
          };
      long arrives = t + 20 * MS + (long) (queue.applyAsDouble(t - START) * MS);
      scene.stamped(arrives + 1000, 1, sequences[1] += SEGMENT, value, SEGMENT);
      if (t - at(0) > 9 * SECOND && t - at(0) < 9 * SECOND + 2 * GAP) {
        take(9);
      }
    }
    scene.meter.passed(DOWNLOAD, 2.0 * 1500 * SECOND / GAP);
    Measurement m = take(10);
    assertEquals(30, inflation(m), 1);
    assertEquals(SECOND / GAP, get(m, FLOW_ONE_WAY_SAMPLES, DOWNLOAD), 10, kind);
  }

  @Test
  void aClockThatJumpsOnceIsMeasuredAgain() {
    flow(0, Clock.LINUX, 0, 5, queue(0));
    flow(0, new Clock(1 * MS, 0, 9_000_000), 5, 8, t -> t < 7 * SECOND ? 0 : 35);
    assertEquals(35, inflation(take(8)), 1);
  }

  @Test
  void packetsThatAreOvertakenTellNothing() {
    Random random = new Random(1);
    for (long t = at(0); t < at(5); t += GAP) {
      packet(0, Clock.LINUX, t, random.nextInt(4) == 0 ? 10 : 0);
    }
    assertTrue(inflation(take(5)) < 1);
  }

  @Test
  void aTimestampThatWrapsIsNoJump() {
    Clock clock = new Clock(1 * MS, 0, -3000);
    flow(0, clock, 0, 6, t -> t < 4 * SECOND ? 0 : 20);
    assertEquals(20, inflation(take(6)), 1);
  }

  @Test
  void withoutTimestampsNothingIsTold() {
    for (long t = at(0); t < at(2); t += GAP) {
      scene.ack(t, 0, 1);
    }
    scene.meter.passed(DOWNLOAD, 1e6);
    Measurement m = take(2);
    assertFalse(m.has(FLOW_ONE_WAY_INFLATION.in(DOWNLOAD)));
    assertEquals(0, get(m, FLOW_TIMESTAMP_COVERAGE, DOWNLOAD));
  }

  @Test
  void aFlowThatWasIdleForAMinuteIsForgotten() {
    flow(0, Clock.LINUX, 0, 1, queue(0));
    take(1);
    assertEquals(1, scene.meter.flows());
    flow(1, Clock.LINUX, 62, 63, queue(0));
    take(63);
    assertEquals(1, scene.meter.flows());
  }
}
