package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;

/**
 * Makes {@link FlowsProbe}s. Settings: {@code interface} (required), the one towards the network.
 */
public final class FlowsProbeProvider implements ProbeProvider {
  static final String INSTALL = "sudo apt-get install tcpdump";
  static final String PERMIT = "sudo setcap cap_net_raw+ep $(command -v tcpdump), or run as root";

  @Override
  public String id() {
    return "flows";
  }

  @Override
  public String description() {
    return "delay, departures and losses of each direction, by the users' own TCP headers";
  }

  /** Lists the link layers of the loopback interface, for which tcpdump has to open it. */
  @Override
  public Availability availability(Host host) {
    try {
      CommandResult result =
          host.run(Command.of("tcpdump", "-L", "-i", "lo").within(Duration.ofSeconds(2)));
      String said = (result.stdout() + result.stderr()).strip();
      if (result.ok()) {
        return Availability.yes("tcpdump may capture");
      }
      boolean denied = said.contains("permission") || said.contains("not permitted");
      return Availability.no(
          denied ? "tcpdump may not capture" : said.lines().reduce("it failed", (a, line) -> line),
          denied ? PERMIT : "");
    } catch (HostException e) {
      boolean missing = e.kind() == HostException.Kind.NOT_INSTALLED;
      return Availability.no(
          missing ? "tcpdump is not installed" : String.valueOf(e.getMessage()),
          missing ? INSTALL : "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Availability.no("interrupted while asking tcpdump", "");
    }
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException, InterruptedException {
    String name = settings.requiredText("interface");
    settings.require(
        name.isEmpty() || name.matches("[^-\\s/][^\\s/]{0,14}"),
        "interface",
        "the name of an interface");
    settings.check();
    return FlowsProbe.open(host, name);
  }
}
