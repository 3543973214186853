package io.github.qosrl.probes.iperf3;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.Uplink;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a test is bound to on a host. {@code --bind-dev} came with iperf3 3.10, where it binds the
 * connection that controls a test and not those that carry it (esnet/iperf issue 1099, mended in
 * 3.11): with older ones the interface of a test cannot be chosen.
 */
final class Iperf3Binding {
  private static final Pattern VERSION = Pattern.compile("iperf (\\d+)\\.(\\d+)");
  private static final int FIRST_MINOR = 11;

  private Iperf3Binding() {}

  /**
   * The options as they can be honoured.
   *
   * @throws ProbeException if the test would leave by another interface than they name
   */
  static Iperf3Options on(Host host, Iperf3Options options)
      throws ProbeException, InterruptedException {
    if (options.interfaceName().isEmpty()) {
      return options;
    }
    Target server = Target.of(options.server());
    Optional<Uplink> uplink = Uplink.find(host, options.interfaceName(), List.of(server));
    if (uplink.isEmpty()) {
      return options;
    }
    Optional<String> obstacle = uplink.get().obstacle(server);
    if (obstacle.isPresent()) {
      throw new ProbeException("no iperf3 test is possible: " + obstacle.get());
    }
    String name = uplink.get().name();
    String printed = version(host);
    if (tooOld(printed)) {
      if (server.isLiteral() && uplink.get().chosenBySystem(server).equals(Optional.of(name))) {
        return options.boundTo("", options.bind());
      }
      throw new ProbeException(
          "%s cannot bind a test to %s; to fix: install iperf3 3.11 or later, or name a server by an address that the system reaches by %2$s: ip route get %s"
              .formatted(printed, name, options.server()));
    }
    String source = uplink.get().neededSource(server).orElse("");
    return options.boundTo(name, options.bind().isEmpty() ? source : options.bind());
  }

  private static String version(Host host) throws InterruptedException {
    try {
      String printed = host.run(Command.of("iperf3", "-v")).stdout();
      return printed.lines().findFirst().orElse("").replaceFirst(" \\(.*", "");
    } catch (HostException e) {
      return ""; // Told when a test is run.
    }
  }

  /** Whether that version is known to bind no test. */
  static boolean tooOld(String version) {
    Matcher m = VERSION.matcher(version);
    return m.lookingAt() && m.group(1).equals("3") && Integer.parseInt(m.group(2)) < FIRST_MINOR;
  }
}
