package io.github.qosrl.probes.internal;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.util.Optional;

/**
 * Binds to an uplink by the source address what cannot be bound to an interface. That does only
 * where the system's routes choose the interface by the source; where they do not, it is refused.
 */
public final class SourceBinding {
  private SourceBinding() {}

  /**
   * What to bind to.
   *
   * @param program for messages
   * @throws ProbeException if what comes from the interface's address leaves by another
   */
  public static EchoBinding on(Host host, String program, EchoOptions options)
      throws ProbeException {
    EchoBinding binding = EchoBinding.on(host, options);
    if (options.interfaceName().isEmpty() || !options.source().isEmpty()) {
      return binding;
    }
    String name = binding.options().interfaceName();
    Optional<Uplink> uplink = Uplink.find(host, name, binding.options().targets());
    if (uplink.isEmpty()) {
      throw new ProbeException(
          "%s is bound to addresses, and those of %s cannot be told; to fix: name an interface that is there: ip -br addr"
              .formatted(program, name));
    }
    for (Target target : binding.options().targets()) {
      requireBy(uplink.get(), program, target);
    }
    return binding.from(uplink.get().address(false), uplink.get().address(true));
  }

  /**
   * The same from the addresses that the interface has now: they may change at any time.
   *
   * @return the last one if there is nothing new to be had
   */
  public static EchoBinding renewed(Host host, String program, EchoBinding last) {
    if (last.options().interfaceName().isEmpty()) {
      return last;
    }
    try {
      return on(host, program, last.options());
    } catch (ProbeException e) {
      return last;
    }
  }

  private static void requireBy(Uplink uplink, String program, Target target)
      throws ProbeException {
    Optional<String> chosen = uplink.chosenBySource(target);
    if (!chosen.equals(Optional.of(uplink.name()))) {
      String from = uplink.address(target).orElse("there");
      throw new ProbeException(
          "%s can choose an address to send from but no interface, and what comes from %s goes to %s %s, not by %s; to fix: use ping or fping, or a route for that address: ip rule add from %2$s lookup TABLE"
              .formatted(
                  program,
                  from,
                  target.host(),
                  chosen.map(by -> "by " + by).orElse("nowhere"),
                  uplink.name()));
    }
  }
}
