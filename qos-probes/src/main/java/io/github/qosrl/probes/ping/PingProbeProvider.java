package io.github.qosrl.probes.ping;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.internal.EchoSettings;
import io.github.qosrl.probes.internal.Tools;

/**
 * Makes {@link PingProbe}s. Settings: {@code targets} (required), {@code active, interval,
 * deadline, size, dscp, interface, source, load-interface}, as {@link
 * io.github.qosrl.probes.EchoOptions} describes them.
 */
public final class PingProbeProvider implements ProbeProvider {
  private static final String INSTALL = "sudo apt-get install iputils-ping";

  @Override
  public String id() {
    return "ping";
  }

  @Override
  public String description() {
    return "delay and loss by ICMP echo, one long-lived ping per target";
  }

  @Override
  public boolean measuresDelay() {
    return true;
  }

  @Override
  public boolean bindsToInterface() {
    return true;
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Availability availability(Host host) {
    return Tools.availability(host, INSTALL, version -> version.contains("iputils"), "ping", "-V");
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException {
    return PingProbe.open(host, EchoSettings.read(settings));
  }
}
