package io.github.qosrl.examples.cli;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.live.ControllerOptions;
import io.github.qosrl.examples.live.LiveController;
import io.github.qosrl.examples.live.LogFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qos run}: controls a link until it is interrupted, and puts it back as it was found. */
@Command(
    name = "run",
    description =
        "Controls a link until it is interrupted, and then puts it back as it was found. Needs root.")
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ControllerOptions options = new ControllerOptions();

  @Option(names = "--learn", description = "The agent keeps learning, within the limits.")
  private boolean learn;

  @Option(
      names = "--json",
      description = "Print one JSON object a second instead of the live line.")
  private boolean json;

  @Option(names = "--dry-run", description = "Say what would be done, and change nothing.")
  private boolean dryRun;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    Map<String, String> more = new LinkedHashMap<>();
    if (learn) {
      more.put("learn", "true");
    }
    ControllerConfig config = options.read("qos run", more);
    if (dryRun) {
      rehearse(config);
      terminal.note("Nothing was changed: this was a dry run.");
      return ExitCode.OK.code();
    }
    try (Host host = Hosts.parse(config.host());
        LogFiles logs = LogFiles.open(config.logs())) {
      LiveController controller = new LiveController(host, config);
      try (Agent agent = controller.agent()) {
        List<LoopListener> listeners = new ArrayList<>(logs.listeners());
        listeners.add(new RunScreen(terminal, json, announcement(config)));
        controller.loop(agent, listeners).run();
        logs.check();
      }
    } finally {
      terminal.endLive();
    }
    terminal.note("The link is as it was found.");
    return ExitCode.OK.code();
  }

  private static String announcement(ControllerConfig config) {
    String directions =
        config.directions().stream().map(d -> d.label()).collect(Collectors.joining(" and "));
    return "@|bold %s|@ decides about the %s every %d ms; Ctrl-C ends it and restores the link."
        .formatted(config.agent().id(), directions, config.interval().toMillis());
  }

  /** The parts are made and checked, and the shaper tells what it would run. */
  private void rehearse(ControllerConfig config) throws QosException, InterruptedException {
    try (Host host = Hosts.parse(config.host())) {
      LiveController controller = new LiveController(host, config);
      try (Agent agent = controller.agent()) {
        controller.rehearse();
      }
    }
  }
}
