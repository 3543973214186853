package io.github.qosrl.probes.iperf3;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.internal.Tools;

/**
 * Makes {@link Iperf3Probe}s. Settings: {@code server} (required), {@code ports, mode (down, up,
 * both, bidir), udp, rate, duration, omit, streams, bind, interface, budget} (bytes), as {@link
 * Iperf3Options} describes them.
 */
public final class Iperf3ProbeProvider implements ProbeProvider {

  @Override
  public String id() {
    return "iperf3";
  }

  @Override
  public String description() {
    return "available bandwidth by a bounded iperf3 test";
  }

  @Override
  public boolean bindsToInterface() {
    return true;
  }

  @Override
  public Availability availability(Host host) {
    return Tools.availability(
        host, "sudo apt-get install iperf3", text -> text.startsWith("iperf 3"), "iperf3", "-v");
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException, InterruptedException {
    return Iperf3Probe.open(host, Iperf3Binding.on(host, Iperf3Settings.read(settings)));
  }
}
