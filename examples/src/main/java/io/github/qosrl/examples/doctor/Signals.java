package io.github.qosrl.examples.doctor;

import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.PluginException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.examples.live.FlowsChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a controller can know of a link here: what each signal gives, and what its lack means. */
final class Signals {
  private static final List<Signal> SIGNALS =
      List.of(
          new Signal(
              "round trip",
              List.of("fping", "ping"),
              "how long echoes take, both directions together",
              "nobody can be asked for an echo, and a controller does not start",
              Finding.State.NEEDED),
          new Signal(
              FlowsChoice.ID,
              List.of(FlowsChoice.ID),
              "each direction's queue, as the users' own TCP packets tell it",
              FlowsChoice.WITHOUT,
              Finding.State.MISSING),
          new Signal(
              "timestamps",
              List.of("fping-timestamp"),
              "each direction's delay by ICMP timestamps, of hosts that answer to them (--probe fping-timestamp)",
              "no public host tells the directions apart, so while no TCP passes it must be guessed",
              Finding.State.MISSING),
          new Signal(
              "irtt",
              List.of("irtt"),
              "each direction's delay by UDP, of an irtt server of your own (--probe irtt)",
              "behind a link that serves pings apart, no echo shows the users' queue",
              Finding.State.MISSING),
          new Signal(
              "tc-stats",
              List.of("tc-stats"),
              "what waits in our own shaper, and is no queue of the link",
              "our own shaper's queue is taken for the link's",
              Finding.State.MISSING));

  /**
   * A signal.
   *
   * @param name for people
   * @param ids its probes, the best first
   * @param gives what is known with it
   * @param without what it means to do without
   * @param lack how bad that is
   */
  private record Signal(
      String name, List<String> ids, String gives, String without, Finding.State lack) {}

  private final Plugins<ProbeProvider> probes;
  private final Host host;

  Signals(Plugins<ProbeProvider> probes, Host host) {
    this.probes = probes;
    this.host = host;
  }

  /** What there is on the host. */
  static List<Finding> on(Host host) {
    try {
      return new Signals(Plugins.probes(), host).findings();
    } catch (PluginException e) {
      return List.of(Finding.needed("signals", String.valueOf(e.getMessage()), ""));
    }
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    SIGNALS.forEach(signal -> findings.add(finding(signal)));
    findings.add(counters());
    return findings;
  }

  private Finding finding(Signal signal) {
    List<String> reasons = new ArrayList<>();
    String fix = "";
    for (String id : signal.ids()) {
      Optional<ProbeProvider> provider = probes.find(id);
      Availability there =
          provider.isPresent()
              ? provider.get().availability(host)
              : Availability.no("this build has no probe '" + id + "'", "");
      if (there.available()) {
        return Finding.ok(signal.name(), signal.gives());
      }
      reasons.add(there.reason());
      fix = fix.isEmpty() ? there.fix() : fix;
    }
    String detail = "%s: without it, %s".formatted(String.join("; ", reasons), signal.without());
    return new Finding(signal.name(), signal.lack(), detail, fix);
  }

  private Finding counters() {
    try {
      host.read("/sys/class/net/lo/statistics/rx_bytes");
      return Finding.ok("counters", "what passes an interface each way");
    } catch (HostException e) {
      return Finding.needed(
          "counters",
          e.getMessage() + ": without them nobody knows how much passes",
          "mount -t sysfs sys /sys");
    }
  }
}
