package io.github.qosrl.rl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.Transition;
import io.github.qosrl.core.contract.AgentContract;
import io.github.qosrl.core.policy.LevelActions;
import io.github.qosrl.core.policy.LinkFeatures;
import io.github.qosrl.core.policy.MultiplierActions;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.policy.PolicyAgent;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.SimulatedLink;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DqnAgentTest extends AgentContract {
  private static final DqnConfig CONFIG =
      DqnConfig.builder()
          .hidden(16, 16)
          .batchSize(16)
          .replayCapacity(2000)
          .warmup(50)
          .exploration(Schedule.constant(0.2))
          .build();

  @TempDir Path directory;

  private static DqnAgent make() {
    return new DqnAgent(
        CONFIG, new LinkFeatures(), new MultiplierActions(), Set.of(), Optional.empty());
  }

  @Override
  protected Agent agent() {
    return make();
  }

  @Override
  protected boolean explores() {
    return true;
  }

  private static List<ShapingPlan> drive(Agent agent, int ticks, long seed)
      throws QosException, InterruptedException {
    List<ShapingPlan> plans = new ArrayList<>();
    try (Environment link = new SimulatedLink(Scenarios.named("lte"))) {
      agent.reset();
      Observation before = link.reset(seed);
      for (int i = 0; i < ticks; i++) {
        ShapingPlan plan = agent.act(before);
        plans.add(plan);
        Step step = link.step(plan);
        agent.learn(
            new Transition(
                before,
                plan,
                step.reward(),
                step.observation(),
                step.terminated(),
                step.truncated()));
        before = step.observation();
      }
    }
    return plans;
  }

  @Test
  void learnsFromEachDirectionOfALink() throws Exception {
    try (DqnAgent agent = make()) {
      drive(agent, 100, 1);
      assertEquals(200, agent.learner().steps());
      assertEquals(151, agent.learner().gradientSteps());
    }
  }

  @Test
  void learnsFromTheActionThatAnEnvelopePutInForceNotFromItsOwn() throws Exception {
    LevelActions levels = new LevelActions();
    int low = levels.size() - 1;
    DqnConfig config =
        CONFIG.toBuilder().discount(0).learningRate(3e-3).exploration(Schedule.constant(1)).build();
    LinkFeatures encoder = new LinkFeatures();
    try (DqnAgent agent =
            new DqnAgent(
                config,
                encoder,
                levels,
                Set.of(Direction.DOWNLOAD),
                Optional.of((direction, before, action, after) -> 5));
        Environment link = new SimulatedLink(Scenarios.named("constant"))) {
      Observation before = link.reset(1);
      float[] features = new float[encoder.size()];
      for (int i = 0; i < 400; i++) {
        encoder.encode(before, Direction.DOWNLOAD, features);
        ShapingPlan proposed = agent.act(before);
        ShapingPlan held =
            proposed.with(Direction.DOWNLOAD, levels.apply(low, before, Direction.DOWNLOAD));
        Step step = link.step(held);
        agent.learn(new Transition(before, held, 0, step.observation(), false, false));
        before = step.observation();
      }
      float[] values = new float[levels.size()];
      agent.learner().values(features, values);
      assertEquals(5, values[low], 0.5);
      for (int other = 0; other < low; other++) {
        assertNotEquals(5, values[other], 1.5, "action " + other + " was never in force");
      }
    }
  }

  @Test
  void whenNotLearningItDecidesAsItsExportedPolicy() throws Exception {
    try (DqnAgent agent = make()) {
      drive(agent, 200, 1);
      Path file = directory.resolve("policy.safetensors");
      PolicyFile.write(file, agent.policy(Map.of("scenario", "lte")));
      agent.learning(false);
      try (PolicyAgent exported = new PolicyAgent(PolicyFile.read(file))) {
        assertEquals(drive(exported, 150, 2), drive(agent, 150, 2));
      }
    }
  }

  @Test
  void startsFromAPolicyAndRefusesOneOfAnotherShape() throws Exception {
    try (DqnAgent trained = make();
        DqnAgent fresh = make()) {
      drive(trained, 200, 1);
      fresh.startFrom(trained.policy(Map.of()));
      trained.learning(false);
      fresh.learning(false);
      assertEquals(drive(trained, 50, 2), drive(fresh, 50, 2));
      DqnConfig wider = CONFIG.toBuilder().hidden(32, 16).build();
      Policy policy = trained.policy(Map.of());
      try (DqnAgent other =
          new DqnAgent(
              wider, new LinkFeatures(), new MultiplierActions(), Set.of(), Optional.empty())) {
        assertThrows(IllegalArgumentException.class, () -> other.startFrom(policy));
      }
    }
  }

  @Test
  void aLoadedAgentGoesOnAsTheSavedOne() throws Exception {
    Path file = directory.resolve("agent.checkpoint");
    try (DqnAgent one = make();
        DqnAgent other = make()) {
      drive(one, 100, 1);
      one.save(file);
      assertTrue(other.load(file));
      assertEquals(drive(one, 100, 2), drive(other, 100, 2));
      assertEquals(one.learner().loss(), other.learner().loss());
    }
  }

  @Test
  void isFoundByItsIdAndReadsItsSettings() throws Exception {
    Map<String, String> values =
        Map.of("hidden", "16,8", "double", "off", "actions", "levels", "seed", "7");
    Settings settings = Settings.of("agent", values);
    try (Agent agent = Plugins.agents().require("dqn").create(settings)) {
      DqnConfig config = ((DqnAgent) agent).learner().config();
      assertEquals(List.of(16, 8), config.hidden());
      assertEquals(7, config.seed());
      assertNotEquals(true, config.doubleQ());
    }
  }

  @Test
  void tellsAllMistakesInItsSettingsAtOnce() throws Exception {
    Map<String, String> values =
        Map.of(
            "hidden", "many", "discount", "2", "loss", "l1", "directions", "up", "colour", "red");
    Settings settings = Settings.of("agent", values);
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class, () -> Plugins.agents().require("dqn").create(settings));
    assertEquals(5, e.problems().size(), e.getMessage());
  }
}
