package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.agent.AutorateAgent;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import io.github.qosrl.core.agent.StaticAgent;
import io.github.qosrl.core.control.Tick;
import io.github.qosrl.core.policy.GuidedActions;
import io.github.qosrl.core.policy.GuidedFeatures;
import io.github.qosrl.core.policy.PolicyAgent;
import io.github.qosrl.core.record.JsonLinesRunLog;
import io.github.qosrl.core.reward.UtilityReward;
import io.github.qosrl.core.sim.LinkScore;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.SimulatedLink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the logs of heuristics at work, without a link, comes a policy that controls one. */
class OfflineLearningTest {
  private static final Scenario SCENARIO =
      Scenarios.named("lte").toBuilder()
          .interval(Duration.ofMillis(50))
          .duration(Duration.ofSeconds(30))
          .build();

  @TempDir Path directory;

  @Test
  void aPolicyLearnedFromRunLogsAloneControlsALinkNotInThem() throws Exception {
    List<Path> logs = new ArrayList<>();
    for (long seed = 1; seed <= 4; seed++) {
      logs.add(recorded(new AutorateAgent(), seed));
      logs.add(recorded(new ReceiveRateAgent(), 10 + seed));
    }
    LinkTask task =
        LinkTask.of(() -> new SimulatedLink(SCENARIO), new GuidedFeatures(), new GuidedActions())
            .withReward(UtilityReward.standard());
    DqnConfig config =
        DqnConfig.builder()
            .discount(0.95)
            .nStep(5)
            .batchSize(64)
            .learningRate(Schedule.linear(1e-3, 1e-4, 6000))
            .targetUpdate(TargetUpdate.soft(0.005))
            .demonstrations(new DemonstrationLoss(5, 0.8, 5))
            .build();
    TrainingResult result =
        Trainer.builder(task, config)
            .demonstrations(task.recorded(logs), 6000)
            .steps(0)
            .evaluationSeeds(1)
            .build()
            .run();
    assertEquals(0, result.steps());
    assertTrue(result.best().isPresent());
    double utilisation = 0;
    double delay = 0;
    double delayWithoutControl = 0;
    for (long seed = 90; seed < 98; seed++) {
      LinkScore learned = score(new PolicyAgent(task.policy(result.network(), Map.of())), seed);
      utilisation += learned.utilisation(Direction.DOWNLOAD) / 8;
      delay += learned.inflationP95() / 8;
      delayWithoutControl += score(new StaticAgent(ShapingPlan.UNLIMITED), seed).inflationP95() / 8;
    }
    String seen = "use %.2f, p95 %.3f s; without control %.3f s";
    String told = seen.formatted(utilisation, delay, delayWithoutControl);
    assertTrue(utilisation > 0.4, told);
    assertTrue(delay < delayWithoutControl / 2, told);
  }

  private Path recorded(Agent agent, long seed) throws Exception {
    Path file = directory.resolve(seed + ".jsonl");
    try (JsonLinesRunLog log = JsonLinesRunLog.open(file)) {
      play(agent, seed, Optional.of(log));
    }
    return file;
  }

  private static LinkScore score(Agent agent, long seed) throws Exception {
    return play(agent, seed, Optional.empty());
  }

  private static LinkScore play(Agent agent, long seed, Optional<JsonLinesRunLog> log)
      throws Exception {
    try (agent;
        SimulatedLink link = new SimulatedLink(SCENARIO)) {
      agent.reset();
      Observation before = link.reset(seed);
      Observation first = before;
      log.ifPresent(l -> l.onStart(first));
      Step step;
      long number = 0;
      do {
        ShapingPlan plan = agent.act(before);
        step = link.step(plan);
        Tick tick = new Tick(number++, before, plan, plan, step, false, Duration.ZERO);
        log.ifPresent(l -> l.onTick(tick));
        before = step.observation();
      } while (!step.done());
      log.ifPresent(l -> l.onStop(Optional.empty()));
      return link.score();
    }
  }
}
