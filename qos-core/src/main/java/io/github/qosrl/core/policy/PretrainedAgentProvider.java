package io.github.qosrl.core.policy;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.spi.AgentProvider;
import io.github.qosrl.core.spi.Settings;

/** The agent {@code pretrained}: runs the policy that comes with the library. */
public final class PretrainedAgentProvider implements AgentProvider {

  /** The agent's name. */
  public static final String ID = "pretrained";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String description() {
    return "the trained policy that comes with the library; needs no tuning";
  }

  @Override
  public Agent create(Settings settings) throws QosException {
    settings.check();
    return new PolicyAgent(Policies.pretrained());
  }
}
