package io.github.qosrl.examples.cli;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.live.LiveController;
import io.github.qosrl.examples.live.LiveLinkOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code qos tc}: looks at what stands on interfaces, and what a controller would do there. */
@Command(
    name = "tc",
    description = "Shows qdiscs, and what 'qos run' would do with them.",
    footer = "  qos tc show --wan eth0 --lan br-lan")
final class TcCommand implements Runnable {
  private final Terminal terminal;

  TcCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new UsageException("a command is missing: qos tc show --wan IF [--lan IF]");
  }

  @Command(
      name = "show",
      description =
          "Shows the qdiscs and classes on the interfaces now, and what 'qos run' would do first.",
      footer = "  qos tc show --wan eth0 --lan br-lan")
  int show(@Mixin LiveLinkOptions options) throws QosException, InterruptedException, IOException {
    // What the delay is measured to does not matter here.
    ControllerConfig config = options.read("tc show", Map.of("targets", "127.0.0.1"));
    try (Host host = Hosts.parse(config.host())) {
      List<String> interfaces =
          Stream.of(Optional.of(config.wan()), config.lan(), config.ifb())
              .flatMap(Optional::stream)
              .toList();
      for (String name : interfaces) {
        boolean there = isThere(host, name);
        if (!there && !config.ifb().equals(Optional.of(name))) {
          throw new QosException(
              "there is no interface '%s' on %s; 'ip link' lists those there are"
                  .formatted(name, host.name()));
        }
        terminal.print("@|bold " + name + "|@ now:");
        terminal.printRaw(there ? standing(host, name) : "not there; it would be made");
        terminal.printRaw("");
      }
      List<String> commands = new LiveController(host, config).rehearse();
      terminal.print("@|bold qos run|@ would begin with:");
      commands.forEach(terminal::printRaw);
    }
    return ExitCode.OK.code();
  }

  /** The qdiscs and classes of an interface, as {@code tc} shows them. */
  private static String standing(Host host, String name) throws QosException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (String kind : List.of("qdisc", "class")) {
      var command = io.github.qosrl.core.host.Command.of("tc", "-s", kind, "show", "dev", name);
      text.append(host.run(command).orThrow().stdout());
    }
    return text.toString().stripTrailing();
  }

  private static boolean isThere(Host host, String name) throws QosException, InterruptedException {
    return host.run(io.github.qosrl.core.host.Command.of("ip", "link", "show", "dev", name)).ok();
  }
}
