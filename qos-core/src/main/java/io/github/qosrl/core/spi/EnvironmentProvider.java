package io.github.qosrl.core.spi;

import io.github.qosrl.core.Environment;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;

/** Makes environments. */
public interface EnvironmentProvider extends Provider {

  /**
   * Makes one.
   *
   * @param host where its commands run; stays the property of the caller
   * @param settings its settings; it reads all it knows and ends with {@link Settings#check}
   * @throws QosException if it cannot work; a {@link ConfigurationException} if a setting is
   *     missing, malformed, unknown or contradicts another
   * @throws InterruptedException if the thread was interrupted
   */
  Environment create(Host host, Settings settings) throws QosException, InterruptedException;
}
