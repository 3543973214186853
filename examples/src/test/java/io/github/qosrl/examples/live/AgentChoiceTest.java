package io.github.qosrl.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.SampleObservations;
import io.github.qosrl.core.policy.PolicyException;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.config.Part;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AgentChoiceTest {
  @Test
  void aFixedRateForEachDirectionIsNoPolicyFile() throws Exception {
    AgentChoice fixed = AgentChoice.parse("static:20mbit/5mbit");
    assertEquals("static 20mbit/5mbit", fixed.name());
    try (Agent agent = fixed.create(d -> 1e6)) {
      ShapingPlan plan = agent.act(SampleObservations.empty());
      assertEquals(Optional.of(BitRate.ofMegabits(20)), plan.limit(Direction.DOWNLOAD));
      assertEquals(Optional.of(BitRate.ofMegabits(5)), plan.limit(Direction.UPLOAD));
    }
    assertThrows(PolicyException.class, () -> AgentChoice.parse("static/absent"));
  }

  @Test
  void aLiveControllerTakesAFixedRateAsAComparisonDoes() throws Exception {
    String agent = "static:20mbit/5mbit";
    assertEquals(
        new Part("static", Map.of("download", "20mbit", "upload", "5mbit")),
        live(Map.of("wan", "eth0", "lan", "eth1", "targets", "192.0.2.1", "agent", agent)));
    assertEquals(
        new Part("static", Map.of("upload", "5mbit")),
        live(Map.of("wan", "eth0", "targets", "192.0.2.1", "agent", agent)),
        "nobody shapes the download");
  }

  private static Part live(Map<String, String> options) throws Exception {
    return ControllerConfig.read(Optional.empty(), options, "run").agentPart();
  }
}
