package io.github.qosrl.core.sim;

import io.github.qosrl.core.Environment;
import io.github.qosrl.core.contract.SeededEnvironmentContract;

class SimulatedLinkContractTest extends SeededEnvironmentContract {

  @Override
  protected Environment environment() {
    return new SimulatedLink(Scenarios.named(Scenarios.names().get(0)));
  }
}
