package io.github.qosrl.examples.cli;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.dashboard.Dashboard;
import io.github.qosrl.examples.dashboard.RunHistory;
import io.github.qosrl.examples.live.ControllerOptions;
import io.github.qosrl.examples.live.LiveController;
import io.github.qosrl.examples.live.LogFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qos run}: controls a link until it is interrupted, and puts it back as it was found. */
@Command(
    name = "run",
    customSynopsis = {
      "qos run --wan IF [--lan IF] --target HOST[:TYPE] [OPTIONS]",
      "   or: qos run --config FILE [OPTIONS]"
    },
    description =
        "Controls a link until it is interrupted, and then puts it back as it was found. Needs root.",
    footer = {
      "  sudo qos run --wan eth0 --lan br-lan --target 1.1.1.1:dns,9.9.9.9:dns",
      "  sudo qos run --wan wlan0 --ifb ifb-wlan0 --target 1.1.1.1 --max 80mbit/20mbit",
      "  sudo qos run --config qos.yaml --log run.csv --http 8080"
    })
final class RunCommand implements Callable<Integer>, LeavesBehind {
  private final Terminal terminal;

  @Mixin private final ControllerOptions options = new ControllerOptions();

  @Option(names = "--learn", description = "The agent keeps learning, within the limits.")
  private boolean learn;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "With --learn: where the policy goes that it has learned when it ends.")
  private @Nullable Path save;

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
    ControllerConfig config = read();
    requirePossible(config);
    if (dryRun) {
      rehearse(config);
      terminal.note("Nothing was changed: this was a dry run.");
      return ExitCode.OK.code();
    }
    RunHistory history = new RunHistory();
    try (Host host = Hosts.parse(config.host());
        LogFiles logs = LogFiles.open(config.logs());
        Dashboard dashboard = dashboard(config, history)) {
      List<LoopListener> listeners = new ArrayList<>(logs.listeners());
      if (dashboard != null) {
        listeners.add(history);
        listeners.add(new Graphs(terminal, dashboard.url()));
      }
      ConfigWatch watch =
          options.file().map(file -> new ConfigWatch(terminal, file, this::read)).orElse(null);
      new LinkRun(terminal, host, listeners, save, json, watch).run(config);
      logs.check();
    } finally {
      terminal.endLive();
    }
    terminal.note("The link is as it was found.");
    return ExitCode.OK.code();
  }

  @Override
  public String afterInterruption() {
    return "the link is as it was found";
  }

  private ControllerConfig read() throws ConfigurationException, IOException {
    return options.read("run", learn ? Map.of("learn", "true") : Map.of());
  }

  private static @Nullable Dashboard dashboard(ControllerConfig config, RunHistory history)
      throws QosException {
    if (config.http().isEmpty()) {
      return null;
    }
    String link = config.lan().or(config::ifb).map(lan -> " and " + lan).orElse("");
    String title = config.agent().id() + " controls " + config.wan() + link;
    return Dashboard.open(config.http().get(), history, title);
  }

  /** Says where the graphs are once there is something to see. */
  private record Graphs(Terminal terminal, String url) implements LoopListener {
    @Override
    public void onStart(Observation first) {
      terminal.note("Graphs are at @|bold " + url + "|@");
    }
  }

  private void requirePossible(ControllerConfig config) {
    if (save == null) {
      if (config.learn()) {
        terminal.note("What it learns is forgotten at the end; --save FILE keeps it.");
      }
      return;
    }
    if (!config.learn()) {
      throw new UsageException("--save keeps what --learn has learned: give both, or neither");
    }
    OutputFile.requireWritable("--save", save);
  }

  /** The parts are made and checked, and the shaper tells what it would run. */
  private void rehearse(ControllerConfig config) throws QosException, InterruptedException {
    try (Host host = Hosts.parse(config.host())) {
      LiveController controller = new LiveController(host, config);
      try (Agent agent = controller.agent()) {
        controller.rehearse().forEach(terminal::printRaw);
      }
    }
  }
}
