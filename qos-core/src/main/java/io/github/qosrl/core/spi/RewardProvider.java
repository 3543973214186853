package io.github.qosrl.core.spi;

import io.github.qosrl.core.Reward;

/** Makes rewards. */
public interface RewardProvider extends Provider {

  /**
   * Makes one.
   *
   * @param settings its settings; it reads all it knows and ends with {@link Settings#check}
   * @throws ConfigurationException if a setting is missing, malformed, unknown or contradicts
   *     another
   */
  Reward create(Settings settings) throws ConfigurationException;
}
