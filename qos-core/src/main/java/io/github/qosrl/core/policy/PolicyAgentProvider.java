package io.github.qosrl.core.policy;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.spi.AgentProvider;
import io.github.qosrl.core.spi.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The agent {@code policy}: runs the policy file that the setting {@code file} names. */
public final class PolicyAgentProvider implements AgentProvider {

  @Override
  public String id() {
    return "policy";
  }

  @Override
  public String description() {
    return "a trained policy, from a policy file";
  }

  @Override
  public Agent create(Settings settings) throws QosException {
    String file = settings.requiredText("file");
    settings.check();
    try {
      return new PolicyAgent(PolicyFile.read(Path.of(file)));
    } catch (InvalidPathException e) {
      throw new PolicyException("policy file name '" + file + "' is not a path", e);
    }
  }
}
