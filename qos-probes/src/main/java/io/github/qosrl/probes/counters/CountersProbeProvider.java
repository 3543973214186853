package io.github.qosrl.probes.counters;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import java.util.List;
import java.util.Set;

/**
 * Makes {@link CountersProbe}s. Settings: {@code interface} (required), {@code side}: {@code wan}
 * (default) or {@code lan}.
 */
public final class CountersProbeProvider implements ProbeProvider {

  @Override
  public String id() {
    return "counters";
  }

  @Override
  public String description() {
    return "throughput per direction from an interface's counters";
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException {
    String name = settings.requiredText("interface");
    boolean wan = settings.oneOf("side", "wan", Set.of("wan", "lan")).equals("wan");
    settings.check();
    try {
      return CountersProbe.open(host, name, wan ? CountersProbe.Side.WAN : CountersProbe.Side.LAN);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of("probe 'counters': 'interface' is not accepted: " + e.getMessage()));
    }
  }
}
