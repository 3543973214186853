package io.github.qosrl.probes.irtt;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.internal.EchoSettings;
import io.github.qosrl.probes.internal.Tools;

/**
 * Makes {@link IrttProbe}s. Settings: {@code targets} (required; hosts that run {@code irtt
 * server}), {@code active, interval, deadline, size, dscp, interface, source, load-interface}, as
 * {@link EchoOptions} describes them, and {@code hmac}, the server's key.
 */
public final class IrttProbeProvider implements ProbeProvider {
  private static final String INSTALL = "sudo apt-get install irtt";

  @Override
  public String id() {
    return "irtt";
  }

  @Override
  public String description() {
    return "delay of each direction and loss by UDP echoes from irtt servers of one's own";
  }

  @Override
  public boolean measuresDelay() {
    return true;
  }

  @Override
  public boolean bindsToInterface() {
    return true;
  }

  /** Below the probes that need no server. */
  @Override
  public int priority() {
    return 4;
  }

  @Override
  public Availability availability(Host host) {
    return Tools.availability(
        host, INSTALL, version -> version.contains("irtt version"), "irtt", "version");
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException {
    String key = settings.text("hmac", "");
    return IrttProbe.open(host, EchoSettings.read(settings), key, MonotonicClock.system());
  }
}
