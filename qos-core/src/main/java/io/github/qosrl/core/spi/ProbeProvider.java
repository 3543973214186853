package io.github.qosrl.core.spi;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;

/** Makes probes. */
public interface ProbeProvider extends Provider {

  /**
   * Whether its probes measure the delay to the hosts in the setting {@code targets}: those are
   * what an agent can decide by.
   */
  default boolean measuresDelay() {
    return false;
  }

  /**
   * Whether its probes take the setting {@code interface}, and then measure by that interface alone
   * or fail. One that also {@link #measuresDelay} takes {@code load-interface}, too: that which
   * carries the link's load.
   */
  default boolean bindsToInterface() {
    return false;
  }

  /**
   * Makes one.
   *
   * @param host where its commands run; stays the property of the caller
   * @param settings its settings; it reads all it knows and ends with {@link Settings#check}
   * @throws QosException if it cannot work; a {@link ConfigurationException} if a setting is
   *     missing, malformed, unknown or contradicts another
   * @throws InterruptedException if the thread was interrupted
   */
  Probe create(Host host, Settings settings) throws QosException, InterruptedException;
}
