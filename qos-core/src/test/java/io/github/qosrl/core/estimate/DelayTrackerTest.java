package io.github.qosrl.core.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DelayTrackerTest {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final double EPSILON = 1e-6;

  private final DelayTracker tracker = new DelayTracker();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void baselineIsTheSmallestRoundTripTime() {
    feed(1, t -> 0.040 + 0.010 * (t % 0.3));
    assertEquals(0.040, tracker.baseline().getAsDouble(), 1e-3);
  }

  @Test
  void inflationIsTheExcessOverTheBaseline() {
    feed(1, t -> 0.040);
    feed(0.1, t -> 0.055);
    assertEquals(0.015, tracker.inflation().getAsDouble(), EPSILON);
  }

  @Test
  void baselineFallsWithTheFirstSmallerReply() {
    feed(1, t -> 0.040);
    feed(0.1, t -> 0.020);
    assertEquals(0.020, tracker.baseline().getAsDouble(), EPSILON);
    assertEquals(0, tracker.inflation().getAsDouble(), EPSILON);
  }

  @Test
  void longerRouteIsTheBaselineAfterFiveSeconds() {
    feed(10, t -> 0.040);
    feed(2, t -> 0.060);
    assertEquals(0.020, tracker.inflation().getAsDouble(), EPSILON);
    feed(3.5, t -> 0.060 + 0.0005 * Math.sin(9 * t));
    assertEquals(0, tracker.inflation().getAsDouble(), 2e-3);
  }

  @Test
  void queueThatComesAndGoesIsNoRoute() {
    feed(10, t -> 0.040);
    feed(40, t -> 0.040 + 0.030 + 0.025 * Math.sin(t));
    assertEquals(0.040, tracker.baseline().getAsDouble(), EPSILON);
  }

  @Test
  void queueThatGrowsSlowlyIsNoRoute() {
    feed(10, t -> 0.040);
    feed(30, t -> 0.050 + 0.002 * t);
    assertEquals(0.040, tracker.baseline().getAsDouble(), EPSILON);
  }

  @Test
  void fullBufferIsForgottenOnlyByTheWindow() {
    feed(10, t -> 0.040);
    feed(45, t -> 0.800);
    assertEquals(0.760, tracker.inflation().getAsDouble(), EPSILON);
    feed(17, t -> 0.800);
    assertEquals(0, tracker.inflation().getAsDouble(), EPSILON);
  }

  @Test
  void oneBadReflectorOfThreeDoesNotMatter() {
    for (int i = 0; i < 50; i++) {
      tick(reply("a", 0.030), reply("b", 0.040), reply("c", i < 20 ? 0.050 : 0.500));
    }
    assertEquals(0, tracker.inflation().getAsDouble(), EPSILON);
    assertFalse(tracker.blind());
  }

  @Test
  void oneBadReflectorOfTwoDoesNotMatter() {
    for (int i = 0; i < 50; i++) {
      tick(reply("a", 0.030), reply("b", i < 20 ? 0.050 : 0.500));
    }
    assertEquals(0, tracker.inflation().getAsDouble(), EPSILON);
  }

  @Test
  void targetsThatDidNotReplyInThisTickStillHaveASay() {
    for (int i = 0; i < 30; i++) {
      tick(reply("a", 0.030));
      tick(reply("b", 0.040));
      tick(reply("c", i < 20 ? 0.050 : 0.500));
    }
    assertEquals(0, tracker.inflation().getAsDouble(), EPSILON);
  }

  @Test
  void targetsThatContradictEachOtherForLongMakeItBlind() {
    tick(reply("a", 0.030), reply("b", 0.040), reply("c", 0.050), reply("d", 0.060));
    for (int i = 0; i < 100; i++) {
      assertFalse(i < 10 && tracker.blind());
      tick(reply("a", 0.030), reply("b", 0.250), reply("c", 0.550), reply("d", 0.860));
    }
    assertTrue(tracker.contradictory());
    assertTrue(tracker.blind());
  }

  @Test
  void replyThatComesLateCounts() {
    feed(1, t -> 0.040);
    tick(reply("a", 2.5));
    assertEquals(2.46, tracker.inflation().getAsDouble(), EPSILON);
  }

  @Test
  void silenceIsADelayOfAtLeastThatLong() {
    feed(5, t -> 0.040);
    for (int i = 0; i < 10; i++) {
      tick();
    }
    // A second of silence, less four usual gaps of 100 ms.
    assertEquals(0.6, tracker.inflation().getAsDouble(), 0.01);
    assertFalse(tracker.blind());
  }

  @Test
  void fewLostRepliesAreNoDelay() {
    feed(5, t -> 0.040);
    for (int i = 0; i < 4; i++) {
      tick();
    }
    assertEquals(0, tracker.inflation().getAsDouble(), 1e-3);
  }

  @Test
  void blindWithoutRepliesForThreeSecondsAndNoLonger() {
    assertTrue(tracker.blind());
    feed(1, t -> 0.040);
    assertFalse(tracker.blind());
    for (int i = 0; i < 31; i++) {
      tick();
    }
    assertTrue(tracker.blind());
    assertTrue(tracker.inflation().isEmpty());
    tick(reply("a", 0.040));
    assertFalse(tracker.blind());
  }

  @Test
  void replyOfAnotherClockCountsAsArrivingNow() {
    tracker.update(now, List.of(new DelaySample("a", Instant.EPOCH, Duration.ofMillis(40))));
    assertFalse(tracker.blind());
    assertEquals(0.040, tracker.baseline().getAsDouble(), EPSILON);
  }

  @Test
  void measurementLacksWhatIsNotKnown() {
    tick();
    Measurement nothing = tracker.addTo(Measurement.builder(now, now)).build();
    assertEquals(1, nothing.orElse(Metrics.BLIND, -1));
    assertEquals(1, nothing.metrics().size());
    tick(reply("a", 0.040));
    Measurement all = tracker.addTo(Measurement.builder(now, now)).build();
    assertEquals(0.040, all.orElse(Metrics.BASELINE_DELAY, -1), EPSILON);
    assertEquals(0, all.orElse(Metrics.DELAY_INFLATION, -1), EPSILON);
    assertEquals(0, all.orElse(Metrics.BLIND, -1));
  }

  @Test
  void resetForgetsEverything() {
    feed(2, t -> 0.040);
    tracker.reset();
    assertTrue(tracker.blind());
    assertTrue(tracker.baseline().isEmpty());
    feed(1, t -> 0.080);
    assertEquals(0.080, tracker.baseline().getAsDouble(), EPSILON);
  }

  /** One reply of one target a tick. */
  @Test
  void silenceIsNoDelayWhereRepliesAreKnownToBeFew() {
    feed(5, t -> 0.040);
    tracker.sparse(now, true);
    for (int second = 0; second < 20; second++) {
      for (int i = 0; i < 9; i++) {
        tick();
        assertEquals(0, tracker.inflation().getAsDouble(), EPSILON);
        assertFalse(tracker.blind());
      }
      tick(reply("a", 0.040));
    }
    for (int i = 0; i < 31; i++) {
      tick();
    }
    assertTrue(tracker.blind());
  }

  @Test
  void theFirstReplyAfterThatMayTakeASecondAndTheGapIsWhatItWas() {
    feed(5, t -> 0.040);
    tracker.sparse(now, true);
    for (int i = 0; i < 9; i++) {
      tick();
    }
    tracker.sparse(now, false);
    for (int i = 0; i < 9; i++) {
      tick();
      assertEquals(0, tracker.inflation().getAsDouble(), EPSILON);
    }
    feed(2, t -> 0.040);
    for (int i = 0; i < 10; i++) {
      tick();
    }
    assertEquals(1.0 - 4 * 0.1, tracker.inflation().getAsDouble(), 0.05);
  }

  private void feed(double seconds, DoubleUnaryOperator rtt) {
    int ticks = (int) Math.round(seconds / 0.1);
    for (int i = 0; i < ticks; i++) {
      tick(reply("a", rtt.applyAsDouble(0.1 * i)));
    }
  }

  private void tick(Reply... replies) {
    now = now.plus(TICK);
    List<DelaySample> samples = new ArrayList<>();
    for (Reply reply : replies) {
      samples.add(new DelaySample(reply.target(), now, nanos(reply.rtt())));
    }
    tracker.update(now, samples);
  }

  private record Reply(String target, double rtt) {}

  private static Reply reply(String target, double rtt) {
    return new Reply(target, rtt);
  }

  private static Duration nanos(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
