package io.github.qosrl.core.agent;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.ShapingPlan;
import org.junit.jupiter.api.Test;

class ReceiveRateAgentTest {
  private final ReceiveRateAgent agent = new ReceiveRateAgent();
  private final Seen seen = new Seen(50).with(Metrics.BASELINE_DELAY, 0.04).with(Metrics.BLIND, 0);
  private ShapingPlan plan = Seen.plan(20, 20);

  @Test
  void usedRateGrowsFasterTheLongerItMeetsNoCongestion() {
    act(19, 1, 0);
    double before = Seen.megabits(plan, DOWNLOAD);
    act(19, 1, 0);
    assertEquals(1.055, Seen.megabits(plan, DOWNLOAD) / before, 1e-6);
    for (int i = 0; i < 12; i++) {
      before = Seen.megabits(plan, DOWNLOAD);
      act(before, 1, 0);
    }
    assertEquals(1.08, Seen.megabits(plan, DOWNLOAD) / before, 1e-6);
    assertEquals(20, Seen.megabits(plan, UPLOAD));
  }

  @Test
  void demandThatWaitsInOurShaperCountsAsUse() {
    seen.with(Metrics.backlog(DOWNLOAD), 60_000);
    act(12, 1, 0);
    act(12, 1, 0);
    assertTrue(Seen.megabits(plan, DOWNLOAD) > 20);
  }

  @Test
  void useAloneIsDemandWhereTheLastCongestionIsFarBehind() {
    seen.with(Metrics.backlog(DOWNLOAD), 6_000);
    for (int i = 0; i < 100; i++) {
      act(10, 0.1, 8);
    }
    seen.with(Metrics.backlog(DOWNLOAD), 1_500);
    for (int i = 0; i < 10; i++) {
      act(0.97 * Seen.megabits(plan, DOWNLOAD), 0.1, 0);
    }
    double held = Seen.megabits(plan, DOWNLOAD);
    assertTrue(held < 10.6, "near the capacity, only a queue of ours makes it grow: " + held);
    for (int i = 0; i < 10; i++) {
      act(0.97 * Seen.megabits(plan, DOWNLOAD), 0.1, 0);
    }
    assertTrue(Seen.megabits(plan, DOWNLOAD) > 1.3 * held, plan.toString());
  }

  @Test
  void idleLinkKeepsItsRate() {
    for (int i = 0; i < 2_000; i++) {
      act(0.1, 0.02, i % 7);
    }
    assertEquals(Seen.plan(20, 20), plan);
  }

  @Test
  void noiseOfAnIdleLinkDoesNotWearTheRateDown() {
    for (int i = 0; i < 1_200; i++) {
      act(0.1, 0.02, i < 400 || i % 3 == 0 ? 5 : 15);
    }
    assertTrue(Seen.megabits(plan, DOWNLOAD) > 10, plan.toString());
  }

  @Test
  void congestedDownloadFollowsWhatArrives() {
    act(19, 0.1, 0);
    act(19, 0.1, 0);
    for (int i = 0; i < 6; i++) {
      act(10, 0.1, 22);
    }
    // Threshold 3 ms while little is known, + 1.5 packets' time; the excess lowers the share.
    double rate = Seen.megabits(plan, DOWNLOAD);
    act(10, 0.1, 22);
    double excess = 0.022 - 0.003 - 1.5 * 0.012 / rate;
    assertEquals(10 * (1 - excess / 0.1), Seen.megabits(plan, DOWNLOAD), 1e-5);
    act(10, 0.1, 500);
    assertEquals(5, Seen.megabits(plan, DOWNLOAD), 1e-6, "half the capacity is the least");
    act(14, 0.1, 20);
    assertTrue(Seen.megabits(plan, DOWNLOAD) > 10, "the capacity came back");
    assertEquals(20, Seen.megabits(plan, UPLOAD));
  }

  @Test
  void delayThatGrowsIsAnsweredBeforeItIsLong() {
    act(19, 1, 0);
    act(19, 1, 0);
    act(19, 1, 3);
    assertTrue(Seen.megabits(plan, DOWNLOAD) < 19, plan.toString());
  }

  @Test
  void capacityThatFallsIsExpectedToFallOn() {
    act(19, 1, 0);
    act(15, 1, 8);
    double first = Seen.megabits(plan, DOWNLOAD);
    act(13.5, 1, 8);
    double trend = -1.5;
    assertTrue(first < 15 && Seen.megabits(plan, DOWNLOAD) < 13.5 + trend, plan.toString());
  }

  @Test
  void downloadThatWaitsInOurShaperGrowsThoughTheUploadMakesAQueue() {
    seen.with(Metrics.backlog(DOWNLOAD), 20_000);
    act(19, 19, 0);
    double download = Seen.megabits(plan, DOWNLOAD);
    for (int i = 1; i <= 2; i++) {
      act(download, Seen.megabits(plan, UPLOAD), 8 * i);
    }
    assertTrue(Seen.megabits(plan, DOWNLOAD) > download, plan.toString());
    assertTrue(Seen.megabits(plan, UPLOAD) < 19, plan.toString());
  }

  @Test
  void downloadOfWhichLessArrivesThanWePassIsCutThoughTheUploadIsLoadedToo() {
    seen.with(Metrics.backlog(DOWNLOAD), 0);
    act(19, 19, 0);
    for (int i = 1; i <= 3; i++) {
      act(12, 19, 10 * i);
    }
    assertTrue(Seen.megabits(plan, DOWNLOAD) < 12, plan.toString());
  }

  @Test
  void capacityThatFlickersIsSoonUsedAgain() {
    act(19, 1, 0);
    act(8, 1, 60);
    assertTrue(Seen.megabits(plan, DOWNLOAD) < 8);
    for (int i = 0; i < 8; i++) {
      act(8, 1, 0);
    }
    assertTrue(Seen.megabits(plan, DOWNLOAD) > 17, plan.toString());
  }

  @Test
  void sendersThatDoNotHeedDropsAreCutDeeperAndLetBackToLess() {
    dropAndThenLeaveThemAlone(0.5);
    double heeded = Seen.megabits(plan, DOWNLOAD);
    assertEquals(0, agent.unheeded(DOWNLOAD));
    agent.reset();
    plan = Seen.plan(20, 20);
    dropAndThenLeaveThemAlone(12);
    double unheeded = Seen.megabits(plan, DOWNLOAD);
    assertTrue(agent.unheeded(DOWNLOAD) > 0.9, "one packet in seven was dropped");
    assertEquals(0, agent.unheeded(UPLOAD));
    assertTrue(heeded > 18 && unheeded < 17, heeded + ", " + unheeded);
  }

  /** Five seconds just below congestion, a queue for one tick, and a while without demand. */
  private void dropAndThenLeaveThemAlone(double dropped) {
    seen.with(Metrics.drops(DOWNLOAD), dropped);
    for (int i = 0; i < 100; i++) {
      plan = Seen.plan(20, 20);
      act(20, 1, 1);
    }
    plan = Seen.plan(20, 20);
    act(20, 1, 60);
    seen.with(Metrics.drops(DOWNLOAD), 0);
    for (int i = 0; i < 12; i++) {
      act(8, 1, 0);
    }
  }

  @Test
  void uploadsCapacityIsReadFromTheSlopeOfTheDelay() {
    // 20 Mbit/s into 10 Mbit/s: the delay grows by 1 s in each second of sending, which takes 2 s
    // to arrive: 25 ms in each tick.
    act(1, 19, 0);
    plan = Seen.plan(20, 20);
    for (int i = 1; i <= 4; i++) {
      seen.throughput(DOWNLOAD, 0.5).throughput(UPLOAD, 20).inflation(25.0 * i);
      plan = agent.act(seen.tick(Seen.plan(20, 20)));
    }
    double upload = Seen.megabits(plan, UPLOAD);
    assertTrue(upload >= 4.9 && upload <= 9.6, "about half to all of 10: " + upload);
    assertEquals(20, Seen.megabits(plan, DOWNLOAD));
  }

  @Test
  void blindSignalHoldsTheRates() {
    act(19, 1, 0);
    ShapingPlan held = plan;
    seen.with(Metrics.BLIND, 1);
    act(19, 1, 0);
    act(2, 1, 900);
    assertEquals(held, plan);
    seen.with(Metrics.BLIND, 0).without(Metrics.DELAY_INFLATION);
    plan = agent.act(seen.tick(plan));
    assertEquals(held, plan);
  }

  @Test
  void withoutThroughputTheRatesAreHeld() {
    for (int i = 0; i < 50; i++) {
      plan = agent.act(seen.inflation(i).tick(plan));
    }
    assertEquals(Seen.plan(20, 20), plan);
  }

  private void act(double download, double upload, double inflation) {
    seen.throughput(DOWNLOAD, download).throughput(UPLOAD, upload).inflation(inflation);
    plan = agent.act(seen.tick(plan));
  }
}
