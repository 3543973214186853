package io.github.qosrl.examples.live;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.examples.config.FlowsUse;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the probe that looks at the users' own flows, where that is possible and wanted. */
public final class FlowsChoice {
  /** The provider's id. */
  public static final String ID = "flows";

  /** What it costs to do without, after the reason. */
  public static final String WITHOUT =
      "with both directions loaded the controller must guess which queue a delay is, and that pings have a queue apart goes unnoticed";

  private static final Logger LOG = LoggerFactory.getLogger(FlowsChoice.class);

  private final Plugins<ProbeProvider> probes;
  private final Host host;

  /**
   * @param probes where the provider is looked up
   */
  public FlowsChoice(Plugins<ProbeProvider> probes, Host host) {
    this.probes = probes;
    this.host = host;
  }

  /**
   * Opens it.
   *
   * @param interfaceName whose packets are looked at
   * @return empty if it is not wanted, or cannot be: then a line was logged that says why and what
   *     that costs
   * @throws ProbeException if it must be there and cannot
   */
  public Optional<Probe> open(FlowsUse use, String interfaceName)
      throws QosException, InterruptedException {
    if (use == FlowsUse.OFF) {
      return Optional.empty();
    }
    try {
      return Optional.of(create(interfaceName));
    } catch (QosException | RuntimeException | LinkageError e) {
      if (use == FlowsUse.ON) {
        throw new ProbeException("the users' flows cannot be looked at: " + e.getMessage(), e);
      }
      LOG.warn(
          "the users' flows are not looked at ({}): {}; 'flows: off' silences this",
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          WITHOUT);
      return Optional.empty();
    }
  }

  private Probe create(String interfaceName) throws QosException, InterruptedException {
    ProbeProvider provider = AvailableProbe.require(probes, ID, host);
    return provider.create(host, Settings.of(ID, Map.of("interface", interfaceName)));
  }
}
