package io.github.qosrl.examples.cli;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.policy.Policy;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.dashboard.Dashboard;
import io.github.qosrl.examples.dashboard.RunHistory;
import io.github.qosrl.examples.live.ControllerOptions;
import io.github.qosrl.examples.live.LiveController;
import io.github.qosrl.examples.live.LogFiles;
import io.github.qosrl.examples.live.Replies;
import io.github.qosrl.rl.DqnAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
    Map<String, String> more = new LinkedHashMap<>();
    if (learn) {
      more.put("learn", "true");
    }
    ControllerConfig config = options.read("qos run", more);
    requirePossible(config);
    if (dryRun) {
      rehearse(config);
      terminal.note("Nothing was changed: this was a dry run.");
      return ExitCode.OK.code();
    }
    try (Host host = Hosts.parse(config.host());
        LogFiles logs = LogFiles.open(config.logs())) {
      LiveController controller = new LiveController(host, config);
      RunHistory history = new RunHistory();
      try (Agent agent = controller.agent();
          Dashboard dashboard = dashboard(config, history)) {
        List<LoopListener> listeners = new ArrayList<>(logs.listeners());
        Replies replies = new Replies(config.targets());
        listeners.add(replies);
        if (dashboard != null) {
          listeners.add(history);
          terminal.note("Graphs are at @|bold " + dashboard.url() + "|@");
        }
        listeners.add(
            new RunScreen(terminal, json, announcement(config, controller.interval(agent))));
        try {
          controller.loop(agent, listeners).run();
        } finally {
          keep(agent, controller.interval(agent));
        }
        logs.check();
        replies.check();
      }
    } finally {
      terminal.endLive();
    }
    terminal.note("The link is as it was found.");
    return ExitCode.OK.code();
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

  /** Writes what was learned, however the run ended. */
  private void keep(Agent agent, Duration interval) throws QosException {
    if (save != null && agent instanceof DqnAgent learner) {
      PolicyFile.write(
          save,
          learner.policy(
              Map.of("trained-on", "a live link", Policy.INTERVAL, interval.toMillis() + "ms")));
      terminal.note("What it learned is in " + save);
    }
  }

  private static String announcement(ControllerConfig config, Duration interval) {
    String directions =
        config.directions().stream().map(d -> d.label()).collect(Collectors.joining(" and "));
    return "@|bold %s|@ decides about the %s every %d ms; Ctrl-C ends it and restores the link."
        .formatted(config.agent().id(), directions, interval.toMillis());
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
