package io.github.qosrl.core.policy;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.contract.AgentContract;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import org.junit.jupiter.api.Nested;

/** A policy's agent keeps the contract of agents, whatever its actions are. */
class PolicyAgentContractTest {

  @Nested
  class WithMultipliers extends AgentContract {
    @Override
    protected Agent agent() {
      return new PolicyAgent(
          TestPolicies.randomPolicy(new LinkFeatures(), new MultiplierActions(), 3));
    }
  }

  @Nested
  class Pretrained extends AgentContract {
    @Override
    protected Agent agent() throws Exception {
      return Plugins.agents().require("pretrained").create(Settings.none("pretrained"));
    }
  }

  @Nested
  class WithTracking extends AgentContract {
    @Override
    protected Agent agent() {
      return new PolicyAgent(
          TestPolicies.randomPolicy(new LinkFeatures(), new TrackingActions(), 4));
    }
  }
}
