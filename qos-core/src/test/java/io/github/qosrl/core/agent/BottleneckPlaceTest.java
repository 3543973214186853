package io.github.qosrl.core.agent;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Metrics;
import org.junit.jupiter.api.Test;

class BottleneckPlaceTest {
  private static final double ROUND_TRIP = 0.06;
  private final BottleneckPlace place = new BottleneckPlace(DOWNLOAD);
  private final Seen seen = new Seen(50).with(Metrics.BASELINE_DELAY, 0.04);

  @Test
  void isHereWhilePacketsWaitAndNoMoreComeThanAreLetThrough() {
    tick(20, 20, 30, 0);
    assertTrue(place.isHere());
    assertTrue(place.limitsNow());
    assertFalse(place.isOpen());
  }

  @Test
  void isBeyondIfMoreKeepsComingARoundTripAfterACut() {
    tick(20, 20, 30, 0);
    tick(15, 20, 60, 0);
    assertTrue(place.isHere(), "what was under way when the limit fell still comes");
    tick(15, 20, 90, 0);
    tick(15, 20, 120, 0);
    assertTrue(place.isBeyond());
    assertFalse(place.isHere());
    tick(15, 15, 100, 0);
    assertTrue(place.isHere(), "the queue beyond is gone");
    assertFalse(place.isBeyond());
  }

  @Test
  void isNoLongerHereOnceLessComesThanMight() {
    tick(20, 20, 30, 0);
    tick(20, 14, 0, 0);
    assertFalse(place.isHere());
    assertFalse(place.isBeyond());
  }

  @Test
  void isOpenUnlessALossOfOursExplainsThatLittleComes() {
    tick(20, 14, 0, 1);
    assertFalse(place.isOpen());
    for (int i = 0; i < 5; i++) {
      tick(20, 14, 0, 0);
    }
    assertTrue(place.isOpen());
  }

  @Test
  void isUnknownIfTheShaperDoesNotSayWhatWaits() {
    place.observe(seen.tick(Seen.plan(20, 20)), 20e6, 20e6, ROUND_TRIP, 0.05);
    assertFalse(place.isHere() || place.isBeyond() || place.isOpen() || place.limitsNow());
  }

  private void tick(double limit, double arrivals, int packets, int drops) {
    seen.with(Metrics.backlog(DOWNLOAD), packets * 1500).with(Metrics.drops(DOWNLOAD), drops);
    place.observe(seen.tick(Seen.plan(limit, 20)), limit * 1e6, arrivals * 1e6, ROUND_TRIP, 0.05);
  }
}
