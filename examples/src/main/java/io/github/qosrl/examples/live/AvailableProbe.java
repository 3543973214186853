package io.github.qosrl.examples.live;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.PluginException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.ProbeProvider;

/** A probe's provider that works on a host. */
final class AvailableProbe {
  private AvailableProbe() {}

  /**
   * The provider of that id.
   *
   * @throws PluginException if there is none
   * @throws ProbeException if it cannot work there; says why, and what to do
   */
  static ProbeProvider require(Plugins<ProbeProvider> probes, String id, Host host)
      throws PluginException, ProbeException {
    ProbeProvider provider = probes.require(id);
    Availability availability = provider.availability(host);
    if (!availability.available()) {
      String fix = availability.fix().isEmpty() ? "" : "; to fix: " + availability.fix();
      throw new ProbeException(availability.reason() + fix);
    }
    return provider;
  }
}
