package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioSet;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkRecipeTest {

  @Test
  void aLimitJustUnderTheCapacityIsWorthMoreThanOneBelowOrAbove() throws Exception {
    double below = meanReward(Direction.DOWNLOAD, 10);
    double right = meanReward(Direction.DOWNLOAD, 19);
    double above = meanReward(Direction.DOWNLOAD, 30);
    assertTrue(right > below + 0.3, right + " against " + below);
    assertTrue(right > above + 0.3, right + " against " + above);
  }

  @Test
  void aDirectionIsNotBlamedForTheQueueOfTheOther() throws Exception {
    double right = meanReward(Direction.UPLOAD, 19);
    double above = meanReward(Direction.UPLOAD, 30);
    assertEquals(right, above, 0.8);
  }

  /** The mean reward of a direction, under a download limit, on 20 Mbit/s down and 5 up. */
  private static double meanReward(Direction direction, double downloadLimit) throws Exception {
    Scenario scenario =
        Scenario.builder("both")
            .download(CapacityProcess.constant(BitRate.ofMegabits(20)))
            .addTraffic(2, Traffic.bulk(Direction.UPLOAD, Transport.CUBIC))
            .duration(Duration.ofSeconds(15))
            .build();
    ShapingPlan plan = ShapingPlan.of(BitRate.ofMegabits(downloadLimit), BitRate.ofMegabits(4.5));
    Reward reward = TrainingLink.reward();
    try (Environment link = new TrainingLink(seed -> scenario, TrainingLink.Price.EVEN)) {
      Observation before = link.reset(1);
      double sum = 0;
      int n = 0;
      Step step;
      do {
        step = link.step(plan);
        sum += reward.of(direction, before, plan, step.observation());
        n++;
        before = step.observation();
      } while (!step.done());
      return sum / n;
    }
  }

  @Test
  void trainingAndEvaluationLinksDiffer() {
    for (long seed = 1; seed <= 50; seed++) {
      Scenario training = LinkRecipe.scenario(ScenarioSet.TRAINING, seed);
      Scenario validation = LinkRecipe.scenario(ScenarioSet.VALIDATION, seed);
      assertNotEquals(training.name(), validation.name());
      assertNotEquals(training.probeInterval(), validation.probeInterval());
    }
  }

  @Test
  void aRunTrainsANetworkForBothDirectionsAndRepeatsExactly() throws Exception {
    TrainingResult first = shortRun();
    TrainingResult second = shortRun();
    assertEquals(LinkRecipe.task().actions(), first.network().shape().actions());
    first
        .network()
        .parameters()
        .forEach((k, v) -> assertArrayEquals(v, second.network().parameters().get(k)));
  }

  private static TrainingResult shortRun() throws Exception {
    DqnConfig config = LinkRecipe.config(200, 3).toBuilder().warmup(100).build();
    return Trainer.builder(LinkRecipe.task(), config)
        .steps(200)
        .environments(1)
        .evaluateEvery(150)
        .evaluationSeeds(1)
        .build()
        .run();
  }
}
