package io.github.qosrl.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.agent.AutorateAgent;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.LinkScore;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.SimulatedLink;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The policy that comes with the library, on links and courses that it was not trained on. */
class PretrainedTest {
  private static final BitRate START = BitRate.ofMegabits(20);

  @Test
  void isAnAgentThatNeedsNoSettings() throws Exception {
    Agent agent = Plugins.agents().require("pretrained").create(Settings.none("pretrained"));

    assertInstanceOf(PolicyAgent.class, agent);
    assertEquals(Optional.of(Duration.ofMillis(50)), agent.preferredInterval());
  }

  @Test
  void usesAMovingDownloadMoreThanAutorateDoes() throws Exception {
    LinkScore learned = play(new PolicyAgent(Policies.pretrained()), onTheRoad());
    LinkScore heuristic = play(new AutorateAgent(), onTheRoad());

    assertTrue(down(learned) > down(heuristic), learned + " against " + heuristic);
    assertTrue(learned.inflationP95() < heuristic.inflationP95() / 3, learned + " / " + heuristic);
  }

  @Test
  void starvesNeitherDirectionOfALinkThatIsLoadedBothWays() throws Exception {
    LinkScore score = play(new PolicyAgent(Policies.pretrained()), bothWays());

    assertTrue(down(score) > 0.45, score.toString());
    assertTrue(score.utilisation(Direction.UPLOAD) > 0.45, score.toString());
  }

  @Test
  void isNoWorseThanItsHeuristicOnAMovingDownload() throws Exception {
    LinkScore learned = play(new PolicyAgent(Policies.pretrained()), onTheRoad());
    LinkScore heuristic = play(new ReceiveRateAgent(), onTheRoad());

    assertTrue(down(learned) > down(heuristic) - 0.03, learned + " against " + heuristic);
    assertTrue(
        learned.inflationP95() < 1.25 * heuristic.inflationP95(), learned + " / " + heuristic);
  }

  private static double down(LinkScore score) {
    return score.utilisation(Direction.DOWNLOAD);
  }

  private static Scenario onTheRoad() {
    return Scenarios.named("lte").toBuilder().interval(Duration.ofMillis(50)).build();
  }

  private static Scenario bothWays() {
    return onTheRoad().toBuilder()
        .upload(CapacityProcess.constant(START))
        .addTraffic(4, Traffic.bulk(Direction.UPLOAD, Transport.CUBIC))
        .build();
  }

  private static LinkScore play(Agent agent, Scenario scenario) throws Exception {
    try (SimulatedLink link = new SimulatedLink(scenario)) {
      link.reset(1000);
      Observation seen = link.step(ShapingPlan.of(START, START)).observation();
      while (true) {
        Step step = link.step(agent.act(seen));
        if (step.done()) {
          return link.score();
        }
        seen = step.observation();
      }
    }
  }
}
