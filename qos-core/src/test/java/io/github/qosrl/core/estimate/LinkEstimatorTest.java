package io.github.qosrl.core.estimate;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.DirectionState;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.Estimate.Source;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.LimitingFactor;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkEstimatorTest {
  private static final Metric ONE_WAY = FlowMetrics.FLOW_ONE_WAY_INFLATION.in(DOWNLOAD);
  private static final Metric ACKNOWLEDGED = FlowMetrics.FLOW_ACK_INFLATION.in(UPLOAD);
  private static final Metric DELIVERED = FlowMetrics.FLOW_DELIVERY_RATE.in(UPLOAD);
  private static final Metric COVERAGE = FlowMetrics.FLOW_ACK_COVERAGE.in(UPLOAD);
  private static final double BASE = 0.04;

  private final LinkEstimator estimator = new LinkEstimator();
  private final Map<Metric, Double> seen = new LinkedHashMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private ShapingPlan plan = ShapingPlan.of(BitRate.ofMegabits(20), BitRate.ofMegabits(20));
  private double echo;

  LinkEstimatorTest() {
    carry(18, 18);
    pass(1);
  }

  @Test
  void aRoundTripIsDividedByTheDownloadsOwnDelay() {
    echo = 0.05;
    seen.put(ONE_WAY, 0.03);
    LinkState state = pass(0.2);
    assertQueue(0.03, Source.ONE_WAY, state.download());
    assertQueue(0.02, Source.ROUND_TRIP_REST, state.upload());
  }

  @Test
  void theUploadsOwnAcknowledgementsSpeakBeforeEchoes() {
    echo = 0.06;
    seen.put(ONE_WAY, 0.01);
    seen.put(ACKNOWLEDGED, 0.09);
    assertQueue(0.08, Source.ACKNOWLEDGED, pass(0.2).upload());
    seen.remove(ACKNOWLEDGED);
    assertQueue(0.05, Source.ROUND_TRIP_REST, pass(0.5).upload());
  }

  @Test
  void echoesThatDoNotSeeTheUsersQueueAreLeftOut() {
    seen.put(ONE_WAY, 0.1);
    seen.put(ACKNOWLEDGED, 0.16);
    LinkState state = pass(1);
    assertEquals(EchoSight.BLIND, state.echoes());
    assertQueue(0.1, Source.ONE_WAY, state.download());
    assertQueue(0.06, Source.ACKNOWLEDGED, state.upload());
    assertEquals(0.16, derived(Metrics.DELAY_INFLATION), 1e-9);
    assertEquals(0, derived(Metrics.BLIND));
  }

  @Test
  void blindEchoesAndUsersThatShowNothingLeaveALoadedLinkBlind() {
    seen.put(ONE_WAY, 0.1);
    pass(1);
    seen.remove(ONE_WAY);
    LinkState state = pass(1);
    assertTrue(state.blind());
    assertEquals(1, derived(Metrics.BLIND));
    carry(1, 1);
    pass(1);
    assertEquals(0, derived(Metrics.BLIND), "an idle link needs no decision");
  }

  @Test
  void withoutASignalOfItsOwnADirectionThatIsAloneAnswersForTheRoundTrip() {
    carry(18, 0.4);
    echo = 0.05;
    LinkState state = pass(0.5);
    assertQueue(0.05, Source.ATTRIBUTED_ROUND_TRIP, state.download());
    assertQueue(0, Source.ATTRIBUTED_ROUND_TRIP, state.upload());
  }

  @Test
  void whatNobodyCanDivideIsNotDivided() {
    echo = 0.05;
    assertQueue(0.05, Source.ROUND_TRIP, pass(0.5).download());
    assertQueue(0.05, Source.ROUND_TRIP, pass(0.5).upload());
  }

  @Test
  void anOldOneWayDelaySaysNothing() {
    echo = 0.03;
    seen.put(ONE_WAY, 0.03);
    pass(0.2);
    seen.remove(ONE_WAY);
    assertEquals(Source.ROUND_TRIP, pass(0.5).download().queueDelay().source());
  }

  @Test
  void theCapacityIsWhatLeavesWhileTheQueueStands() {
    carry(12, 6);
    seen.put(ONE_WAY, 0.03);
    seen.put(ACKNOWLEDGED, 0.08);
    seen.put(DELIVERED, 5e6);
    seen.put(COVERAGE, 1.0);
    LinkState state = pass(1);
    assertEquals(12e6, state.download().capacity().value(), 0.01e6);
    assertEquals(Source.ARRIVALS, state.download().capacity().source());
    assertEquals(5e6, state.upload().capacity().value(), 0.01e6);
    assertEquals(Source.ACKNOWLEDGED, state.upload().capacity().source());
    assertEquals(LimitingFactor.LINK, state.download().limit());
    double certain = state.download().capacity().certainty();
    seen.put(ONE_WAY, 0.0);
    Estimate later = pass(10).download().capacity();
    assertEquals(12e6, later.value(), 0.01e6);
    assertEquals(10, later.age(), 0.1);
    assertTrue(later.certainty() < 0.2 * certain);
  }

  @Test
  void whoHoldsADownloadBackShowsInOurShaper() {
    seen.put(ONE_WAY, 0.0);
    carry(20, 1);
    backlog(30_000);
    assertEquals(LimitingFactor.SHAPER, pass(0.5).download().limit());
    carry(10, 1);
    assertEquals(LimitingFactor.DRAINING, pass(0.5).download().limit());
    backlog(0);
    assertEquals(LimitingFactor.APPLICATION, pass(0.5).download().limit());
  }

  @Test
  void aPathThatBecomesLongerIsNoQueueForLong() {
    carry(18, 1);
    seen.put(ONE_WAY, 0.03);
    pass(1);
    seen.put(ONE_WAY, 0.15);
    plan = ShapingPlan.of(BitRate.ofMegabits(9), BitRate.ofMegabits(20));
    carry(9, 1);
    backlog(30_000);
    assertQueue(0, Source.ONE_WAY, pass(2).download());
  }

  @Test
  void nothingIsKnownWhereNothingTells() {
    LinkEstimator blank = new LinkEstimator();
    LinkState state = blank.update(now, List.of(), ShapingPlan.UNLIMITED);
    assertTrue(state.blind());
    assertEquals(EchoSight.SILENT, state.echoes());
    assertEquals(LimitingFactor.UNKNOWN, state.download().limit());
    assertFalse(state.download().capacity().known());
  }

  private static void assertQueue(double seconds, Source source, DirectionState direction) {
    assertEquals(source, direction.queueDelay().source());
    assertEquals(seconds, direction.queueDelay().value(), 1e-6);
  }

  private double derived(Metric metric) {
    return estimator.addTo(Measurement.builder(now, now)).build().orElse(metric, Double.NaN);
  }

  private void carry(double download, double upload) {
    seen.put(Metrics.throughput(DOWNLOAD), download * 1e6);
    seen.put(Metrics.throughput(UPLOAD), upload * 1e6);
  }

  private void backlog(double bytes) {
    seen.put(Metrics.backlog(DOWNLOAD), bytes);
  }

  private LinkState pass(double seconds) {
    LinkState state = LinkState.UNKNOWN;
    for (double t = 0; t < seconds - 1e-9; t += 0.05) {
      Instant from = now;
      now = now.plusMillis(50);
      Measurement.Builder window = Measurement.builder(from, now);
      seen.forEach(window::put);
      Duration rtt = Duration.ofNanos(Math.round((BASE + echo) * 1e9));
      window.delays(List.of(new DelaySample("a", now, rtt)));
      state = estimator.update(now, List.of(window.build()), plan);
    }
    return state;
  }
}
