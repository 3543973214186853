package io.github.qosrl.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyAgentTest {
  private static final Policy POLICY =
      TestPolicies.randomPolicy(new LinkFeatures(), new TrackingActions(), 11);

  @Test
  void choosesTheActionOfTheLargestValueForEachDirection() {
    PolicyAgent agent = new PolicyAgent(POLICY);
    Policy same = POLICY.fresh();
    float[] features = new float[same.encoder().size()];
    for (int tick = 1; tick < 30; tick++) {
      Observation seen = TestPolicies.observation(50 * tick, 20, 12 + tick % 5, 0.004 * tick);
      ShapingPlan plan = agent.act(seen);
      for (Direction direction : Direction.values()) {
        same.encoder().encode(seen, direction, features);
        BitRate expected = same.actions().apply(same.network().decide(features), seen, direction);
        assertEquals(expected, plan.limit(direction).orElseThrow());
      }
    }
  }

  @Test
  void leavesADirectionAloneThatIsNotUnderControl() {
    Observation both = TestPolicies.observation(50, 20, 12, 0.001);
    Observation uploadOnly =
        new Observation(both.time(), both.measurements(), both.plan().without(Direction.DOWNLOAD));
    ShapingPlan plan = new PolicyAgent(POLICY).act(uploadOnly);
    assertTrue(plan.limits(Direction.UPLOAD));
    assertFalse(plan.limits(Direction.DOWNLOAD));
  }

  @Test
  void twoAgentsOfOnePolicyShareNoHistory() {
    PolicyAgent busy = new PolicyAgent(POLICY);
    for (int tick = 1; tick < 10; tick++) {
      busy.act(TestPolicies.observation(50 * tick, 20, 19, 0.2));
    }
    Observation first = TestPolicies.observation(50, 20, 12, 0.001);
    ShapingPlan expected = new PolicyAgent(POLICY).act(first);
    busy.reset();
    assertEquals(expected, busy.act(first));
    assertEquals(expected, new PolicyAgent(busy.policy()).act(first));
  }

  @Test
  void isFoundByNameAndReadsItsFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("p.safetensors");
    PolicyFile.write(file, POLICY);
    Settings settings = Settings.of("agent 'policy'", Map.of("file", file.toString()));
    try (Agent agent = Plugins.agents().require("policy").create(settings)) {
      Observation first = TestPolicies.observation(50, 20, 12, 0.001);
      assertEquals(new PolicyAgent(POLICY).act(first), agent.act(first));
    }
  }

  @Test
  void aFileThatIsMissingIsOneLine() {
    Settings settings = Settings.of("agent 'policy'", Map.of("file", "/nowhere/p"));
    QosException e =
        assertThrows(QosException.class, () -> Plugins.agents().require("policy").create(settings));
    assertEquals("policy /nowhere/p does not exist", e.getMessage());
  }
}
