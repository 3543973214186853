package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Transition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every agent must do. Extend it, and give it an agent. */
@Timeout(120)
public abstract class AgentContract {

  /** A new agent. Each one made is configured alike, its seed included. */
  protected abstract Agent agent() throws Exception;

  /**
   * Whether it tries random actions, so that it may decide otherwise in the next episode even
   * without having learned.
   */
  protected boolean explores() {
    return false;
  }

  @Test
  void decidesWithoutAnyMeasurement() throws Exception {
    try (Agent agent = agent()) {
      assertNotNull(agent.act(SampleObservations.empty()));
    }
  }

  @Test
  void decidesWhateverItSees() throws Exception {
    try (Agent agent = agent()) {
      for (Observation observation : SampleObservations.extremes()) {
        assertNotNull(agent.act(observation), () -> "no plan for " + observation);
      }
    }
  }

  @Test
  void theSameHistoryLeadsToTheSameDecisions() throws Exception {
    try (Agent one = agent();
        Agent another = agent()) {
      assertEquals(decisions(one), decisions(another));
    }
  }

  @Test
  void resetForgetsTheEpisode() throws Exception {
    try (Agent agent = agent()) {
      List<ShapingPlan> first = decisions(agent);
      agent.reset();
      List<ShapingPlan> second = decisions(agent);
      assertTrue(explores() || first.equals(second), () -> first + "\n and then\n" + second);
    }
  }

  @Test
  void takesExperiencesOfAllKinds() throws Exception {
    try (Agent agent = agent()) {
      List<Observation> seen = SampleObservations.congestion();
      for (int i = 1; i < seen.size(); i++) {
        Observation before = seen.get(i - 1);
        boolean last = i == seen.size() - 1;
        agent.learn(
            new Transition(
                before, agent.act(before), 0.5, seen.get(i), last, i == seen.size() / 2));
      }
      agent.reset();
      assertNotNull(agent.act(seen.get(0)));
    }
  }

  @Test
  void closingAgainDoesNothing() throws Exception {
    Agent agent = agent();
    agent.close();
    assertDoesNotThrow(agent::close);
  }

  private static List<ShapingPlan> decisions(Agent agent) {
    List<ShapingPlan> plans = new ArrayList<>();
    for (Observation observation : SampleObservations.congestion()) {
      plans.add(agent.act(observation));
    }
    return plans;
  }
}
