package io.github.qosrl.core.agent;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.qosrl.core.ShapingPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The control law against sequences computed by hand. */
class AutorateAgentTest {
  private static final double BIT = 1.1e-6;

  private final AutorateAgent agent = new AutorateAgent();
  private final Seen seen = new Seen(200);
  private ShapingPlan plan = Seen.plan(20, 20);

  /**
   * Three replies of 40 ms: x = 20 ms, b = 0.9·20 + 0.1·100 = 28, then 20.8, then 20.08 ms. With no
   * traffic the rate decays: it is the base rate already, and stays.
   */
  @BeforeEach
  void settleTheBaseline() {
    for (int i = 0; i < 3; i++) {
      seen.reply("a", 10, 40);
      plan = agent.act(seen.throughput(DOWNLOAD, 0).throughput(UPLOAD, 0).tick(plan));
    }
    assertEquals(Seen.plan(20, 20), plan);
  }

  @Test
  void highLoadWithoutDelayRaisesTheRateByFourPercentOnceASample() {
    // Deltas are negative or 0: a < U, so f = 1.
    seen.throughput(DOWNLOAD, 16).reply("a", 10, 40).reply("a", 60, 40);
    plan = agent.act(seen.tick(plan));
    assertEquals(20.8, Seen.megabits(plan, DOWNLOAD), BIT);
    assertEquals(20, Seen.megabits(plan, UPLOAD), BIT);
    seen.reply("a", 10, 40);
    plan = agent.act(seen.throughput(DOWNLOAD, 16).tick(plan));
    assertEquals(20.8 * 1.04, Seen.megabits(plan, DOWNLOAD), BIT);
  }

  @Test
  void raiseShrinksAsTheMeanDelayNearsTheThreshold() {
    // One delta of 119.92·0.999 = 119.8 ms in a window of six, the others 0 or below:
    // b = 0.001·140 + 0.999·20.08 = 20.19992, delta = 119.80008 ms. Before it the window holds
    // 0, 0, 0 and -8, -0.8, -0.08 ms.
    seen.throughput(DOWNLOAD, 16).reply("a", 10, 280);
    plan = agent.act(seen.tick(plan));
    double mean = (119.80008 - 8 - 0.8 - 0.08) / 6;
    double packet = 12_000 / 20e6 * 1e3;
    double f = (30 + packet - mean) / 20;
    assertEquals(20 * (1 + 0.04 * f), Seen.megabits(plan, DOWNLOAD), BIT);
  }

  @Test
  void bloatCutsBothDirectionsOnceIn300Ms() {
    // Three replies of 400 ms: x = 200 ms, deltas about 180 ms: a > D, f = 1, the rate × 0.75,
    // at the third reply, when three of six exceed the threshold.
    seen.throughput(DOWNLOAD, 16).throughput(UPLOAD, 16);
    seen.reply("a", 10, 400).reply("a", 20, 400).reply("a", 30, 400).reply("a", 40, 400);
    double before = Seen.megabits(plan, DOWNLOAD) * raisedBeforeTheThird();
    plan = agent.act(seen.tick(plan));
    assertEquals(before * 0.75, Seen.megabits(plan, DOWNLOAD), BIT);
    seen.reply("a", 10, 400);
    plan = agent.act(seen.tick(plan));
    assertEquals(before * 0.75, Seen.megabits(plan, DOWNLOAD), BIT, "190 ms after the cut");
    seen.reply("a", 140, 400);
    plan = agent.act(seen.tick(plan));
    assertEquals(before * 0.75 * 0.75, Seen.megabits(plan, DOWNLOAD), BIT, "510 ms after it");
  }

  /**
   * The first reply raises: b = 0.2·1 + 0.999·20.08 = 20.25992, delta 179.74008, a = (179.74008 −
   * 8.88)/6 = 28.476680 ms, f = (30.6 − 28.47668)/20 = 0.106166. The sample is used up then.
   */
  private static double raisedBeforeTheThird() {
    double f = (30 + 0.6 - (179.74008 - 8.88) / 6) / 20;
    return 1 + 0.04 * f;
  }

  @Test
  void lightLoadReturnsToTheBaseRateByOnePercentASecond() {
    plan = Seen.plan(40, 10);
    seen.throughput(DOWNLOAD, 3).throughput(UPLOAD, 0);
    for (int i = 0; i < 11; i++) {
      seen.reply("a", 10, 40);
      plan = agent.act(seen.tick(plan));
    }
    // 2.2 s, and the last decay was 0.6 s before: at 0.6, 1.8 (the first tick more than 1 s after).
    assertEquals(40 * 0.99 * 0.99, Seen.megabits(plan, DOWNLOAD), BIT);
    assertEquals(10 * 1.01 * 1.01, Seen.megabits(plan, UPLOAD), BIT);
  }

  @Test
  void noRepliesMeansNoChange() {
    plan = Seen.plan(40, 10);
    for (int i = 0; i < 50; i++) {
      plan = agent.act(seen.throughput(DOWNLOAD, 0.001).tick(plan));
    }
    assertEquals(Seen.plan(40, 10), plan);
  }

  @Test
  void staysWithinItsRange() {
    seen.throughput(DOWNLOAD, 100).throughput(UPLOAD, 100);
    for (int i = 0; i < 200; i++) {
      seen.reply("a", 10, 40);
      plan = agent.act(seen.tick(plan));
    }
    assertEquals(Seen.plan(80, 35), plan);
    for (int i = 0; i < 200; i++) {
      seen.reply("a", 10, 900).reply("b", 20, 900);
      plan = agent.act(seen.tick(plan));
    }
    assertEquals(Seen.plan(5, 5), plan);
  }

  @Test
  void samplesOfAchievedRateSpan200Ms() {
    Seen fast = new Seen(50);
    AutorateAgent other = new AutorateAgent();
    ShapingPlan rates = Seen.plan(20, 20);
    double[] raises = new double[8];
    for (int i = 0; i < 8; i++) {
      fast.throughput(DOWNLOAD, 16).throughput(UPLOAD, 0).reply("a", 10, 40);
      ShapingPlan next = other.act(fast.tick(rates));
      raises[i] = Seen.megabits(next, DOWNLOAD) / Seen.megabits(rates, DOWNLOAD);
      rates = next;
    }
    for (int i = 0; i < 8; i++) {
      assertEquals(i == 3 || i == 7 ? 1.04 : 1, raises[i], 1e-6, "tick " + i);
    }
  }

  @Test
  void limitsOnlyTheDirectionsThatTheFirstPlanLimits() {
    AutorateAgent other = new AutorateAgent();
    ShapingPlan upload = Seen.plan(1, 20).without(DOWNLOAD);
    assertEquals(upload, other.act(seen.tick(upload)));
  }

  @Test
  void startsFromTheBaseRateWhereNothingIsInForce() {
    assertEquals(Seen.plan(20, 20), new AutorateAgent().act(seen.tick(ShapingPlan.UNLIMITED)));
  }
}
