package io.github.qosrl.probes.tcp;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.internal.EchoSettings;

/**
 * Makes {@link TcpConnectProbe}s. Settings: {@code targets} (required; {@code HOST:PORT:TYPE}),
 * {@code active, interval, deadline, dscp, interface, source, load-interface}.
 */
public final class TcpConnectProbeProvider implements ProbeProvider {

  @Override
  public String id() {
    return "tcp-connect";
  }

  @Override
  public String description() {
    return "delay and loss by TCP handshakes, where ICMP is filtered";
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
    return 5;
  }

  @Override
  public Availability availability(Host host) {
    return TcpConnectProbe.availability(host);
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException {
    return TcpConnectProbe.open(host, EchoSettings.read(settings));
  }
}
