package io.github.qosrl.core.policy;

import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Provider;
import io.github.qosrl.core.spi.Settings;

/** Makes action sets of one kind, by the id that a policy file names. */
public interface ActionSetProvider extends Provider {

  /**
   * Makes one, equal to the one whose {@link ActionSet#parameters} the settings hold.
   *
   * @param settings its parameters; it reads all it knows and ends with {@link Settings#check}
   * @throws ConfigurationException if a parameter is malformed or unknown
   */
  ActionSet create(Settings settings) throws ConfigurationException;
}
