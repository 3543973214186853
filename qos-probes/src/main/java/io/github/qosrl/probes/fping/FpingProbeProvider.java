package io.github.qosrl.probes.fping;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.internal.EchoSettings;
import io.github.qosrl.probes.internal.Tools;

/**
 * Makes {@link FpingProbe}s. Settings: {@code targets} (required), {@code active, interval,
 * deadline, size, dscp, interface, source, load-interface}, as {@link
 * io.github.qosrl.probes.EchoOptions} describes them.
 */
public final class FpingProbeProvider implements ProbeProvider {
  private static final String INSTALL = "sudo apt-get install fping";

  @Override
  public String id() {
    return "fping";
  }

  @Override
  public String description() {
    return "delay and loss by ICMP echo, one fping for all targets";
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
    return 20;
  }

  @Override
  public Availability availability(Host host) {
    return Tools.availability(
        host, INSTALL, version -> version.contains("fping: Version"), "fping", "-v");
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException {
    return FpingProbe.open(host, EchoSettings.read(settings));
  }
}
