package io.github.qosrl.core.policy;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.contract.AgentContract;
import org.junit.jupiter.api.Nested;

/** A policy's agent keeps the contract of agents, with relative actions and with tracking ones. */
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
  class WithTracking extends AgentContract {
    @Override
    protected Agent agent() {
      return new PolicyAgent(
          TestPolicies.randomPolicy(new LinkFeatures(), new TrackingActions(), 4));
    }
  }
}
