package io.github.qosrl.examples.cli;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.examples.lab.Lab;
import io.github.qosrl.examples.lab.LabNetwork;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.ReportFolder;
import io.github.qosrl.examples.report.ResultTable;
import io.github.qosrl.examples.report.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qos lab}: agents compared on the real kernel. */
@Command(
    name = "lab",
    description = {
      "Compares agents on the real kernel: client, router, provider and server in network "
          + "namespaces, a bottleneck whose capacity moves, TCP load both ways. Needs root.",
    })
final class LabCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--agents",
      split = ",",
      paramLabel = "AGENT",
      description =
          "Which agents: none, static:20mbit/5mbit, static:80%%, an agent's id, or a policy file. Default: ${DEFAULT-VALUE}",
      defaultValue = "none,static:50%,static:95%,autorate,receive-rate")
  private List<String> agents = List.of();

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "How the capacity moves: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
      completionCandidates = ScenarioChoice.Names.class,
      defaultValue = "demo")
  private String scenario = "demo";

  @Option(names = "--seed", description = "Fixes the course of the capacity. Default: 1")
  private long seed = 1;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "Measured time of each run, such as 30s.")
  private @Nullable String duration;

  @Option(names = "--json", description = "Print the results as JSON.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FOLDER", description = "Leave the report there.")
  private @Nullable Path out;

  LabCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    List<AgentChoice> choices = new ArrayList<>();
    for (String agent : agents) {
      choices.add(AgentChoice.parse(agent));
    }
    Scenario chosen = ScenarioChoice.of(scenario, duration);
    List<RunResult> results = new ArrayList<>();
    try (Host local = Hosts.local()) {
      Optional<String> missing = LabNetwork.missing(local);
      if (missing.isPresent()) {
        terminal.error(missing.get());
        return ExitCode.ENVIRONMENT.code();
      }
      try (Lab lab = Lab.open(local, chosen, seed)) {
        for (AgentChoice choice : choices) {
          LabScreen screen = new LabScreen(terminal, choice.name());
          RunResult result = lab.run(choice, screen);
          screen.end(result);
          results.add(result);
        }
      }
    }
    terminal.printRaw(json ? ReportFolder.json(results) : ResultTable.of(results).toString());
    if (out != null) {
      ReportFolder.at(out).write(results);
    }
    return ExitCode.OK.code();
  }
}
