package io.github.qosrl.core.agent;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.ShapingPlan;
import org.junit.jupiter.api.Test;

class PlainReceiveRateAgentTest {
  private final PlainReceiveRateAgent agent = new PlainReceiveRateAgent();
  private final Seen seen = new Seen(50).with(Metrics.BASELINE_DELAY, 0.04).with(Metrics.BLIND, 0);
  private ShapingPlan plan = Seen.plan(20, 20);

  @Test
  void rateOfWhichFourFifthsAreUsedGrowsBySixPercentEach50Ms() {
    act(15, 0);
    assertEquals(20, rate(), 1e-9);
    act(17, 9);
    assertEquals(21.2, rate(), 1e-6);
  }

  @Test
  void congestedRateIsAPartOfWhatArrivesThatShrinksWithTheDelay() {
    act(15, 0);
    act(15, 0);
    act(15, 0);
    act(15, 28);
    double excess = 0.028 - 0.008 - 3 * 0.012 / 20;
    assertEquals(15 * (0.95 - excess / 0.2), rate(), 1e-5);
  }

  @Test
  void capacityIsTheSmallerOfTheMeansOver50And150Ms() {
    act(10, 0);
    act(10, 0);
    act(19, 15);
    double excess = 0.015 - 0.008 - 3 * 0.012 / 20;
    assertEquals(13 * (0.95 - excess / 0.2), rate(), 1e-5);
  }

  @Test
  void halfOfTheCapacityIsTheLeast() {
    for (int i = 0; i < 3; i++) {
      act(10, 0);
    }
    act(10, 900);
    assertEquals(5, rate(), 1e-6);
  }

  @Test
  void congestionNeverRaisesTheRateAndNothingTouchesTheUpload() {
    plan = Seen.plan(10, 20);
    act(40, 12);
    assertEquals(10, rate(), 1e-9);
    assertEquals(20, Seen.megabits(plan, UPLOAD), 1e-9);
  }

  @Test
  void withoutADelayTheRateIsHeld() {
    act(19, 0);
    ShapingPlan held = plan;
    seen.without(Metrics.DELAY_INFLATION);
    plan = agent.act(seen.tick(plan));
    assertEquals(held, plan);
  }

  private double rate() {
    return Seen.megabits(plan, DOWNLOAD);
  }

  private void act(double download, double inflation) {
    seen.throughput(DOWNLOAD, download).throughput(UPLOAD, 0.5).inflation(inflation);
    plan = agent.act(seen.tick(plan));
  }
}
