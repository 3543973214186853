package io.github.qosrl.probes.tcp;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import io.github.qosrl.probes.internal.Uplink;
import java.util.Optional;

/**
 * Binds connections to an uplink by their source address: Java cannot bind a socket to an
 * interface. That does only where the system's routes choose the interface by the source; where
 * they do not, it is refused.
 */
final class SourceBinding {
  private SourceBinding() {}

  /** Whether this JVM can connect from the host. */
  static Availability availability(Host host) {
    return host.name().equals("local")
        ? Availability.yes("needs nothing")
        : Availability.no(
            "tcp-connect runs inside this program, not on " + host.name(),
            "use ping or fping, or start this program on " + host.name());
  }

  /**
   * What to bind to.
   *
   * @throws ProbeException if connections cannot leave from that host, or by that interface
   */
  static EchoBinding on(Host host, EchoOptions options) throws ProbeException {
    Availability availability = availability(host);
    if (!availability.available()) {
      throw new ProbeException(availability.reason() + "; to fix: " + availability.fix());
    }
    EchoBinding binding = EchoBinding.on(host, options);
    if (options.interfaceName().isEmpty() || !options.source().isEmpty()) {
      return binding;
    }
    String name = binding.options().interfaceName();
    Optional<Uplink> uplink = Uplink.find(host, name, binding.options().targets());
    if (uplink.isEmpty()) {
      throw new ProbeException(
          "tcp-connect cannot tell the addresses of %s, to connect from them; to fix: name an interface that is there: ip -br addr"
              .formatted(name));
    }
    for (Target target : binding.options().targets()) {
      requireBy(uplink.get(), target);
    }
    return binding.from(uplink.get().address(false), uplink.get().address(true));
  }

  private static void requireBy(Uplink uplink, Target target) throws ProbeException {
    Optional<String> chosen = uplink.chosenBySource(target);
    if (!chosen.equals(Optional.of(uplink.name()))) {
      String from = uplink.address(target).orElse("there");
      throw new ProbeException(
          "tcp-connect can choose an address to connect from but no interface, and what comes from %s goes to %s %s, not by %s; to fix: use ping or fping, or a route for that address: ip rule add from %1$s lookup TABLE"
              .formatted(
                  from,
                  target.host(),
                  chosen.map(by -> "by " + by).orElse("nowhere"),
                  uplink.name()));
    }
  }
}
