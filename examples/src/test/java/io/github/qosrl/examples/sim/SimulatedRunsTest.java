package io.github.qosrl.examples.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioFamily;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.examples.live.AgentChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulatedRunsTest {
  @Test
  void aRunDoesNotDependOnWhatRunsBesideIt() throws Exception {
    List<SimulatedRuns.Task> tasks = new ArrayList<>();
    for (String agent : List.of("autorate", "receive-rate")) {
      for (long seed = 1; seed <= 4; seed++) {
        Scenario drawn = ScenarioFamily.LTE_DRIVING.draw(seed);
        tasks.add(task(agent, drawn.toBuilder().duration(Duration.ofSeconds(3)).build(), seed));
      }
    }
    assertEquals(SimulatedRuns.of(tasks, 1, n -> {}), SimulatedRuns.of(tasks, 4, n -> {}));
  }

  @Test
  void whatOneRunThrowsIsThrown() throws Exception {
    Scenario scenario = Scenarios.named("constant");
    List<SimulatedRuns.Task> tasks =
        List.of(
            task("none", scenario.toBuilder().duration(Duration.ofSeconds(1)).build(), 1),
            new SimulatedRuns.Task(new AgentChoice("/no/such.safetensors", "gone"), scenario, 1));
    assertThrows(QosException.class, () -> SimulatedRuns.of(tasks, 2, n -> {}));
  }

  private static SimulatedRuns.Task task(String agent, Scenario scenario, long seed)
      throws QosException {
    return new SimulatedRuns.Task(AgentChoice.parse(agent), scenario, seed);
  }
}
