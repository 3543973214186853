package io.github.qosrl.core.spi;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.QosException;

/** Makes agents. */
public interface AgentProvider extends Provider {

  /**
   * Makes one.
   *
   * @param settings its settings; it reads all it knows and ends with {@link Settings#check}
   * @throws QosException if it cannot work, its policy file is broken say; a {@link
   *     ConfigurationException} if a setting is missing, malformed, unknown or contradicts another
   */
  Agent create(Settings settings) throws QosException;
}
