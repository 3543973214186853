package io.github.qosrl.examples.cli;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.Comparison;
import io.github.qosrl.examples.report.ReportFolder;
import io.github.qosrl.examples.report.RunResult;
import io.github.qosrl.examples.sim.SimulatedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qos compare}: agents over the same simulated scenarios and seeds. */
@Command(
    name = "compare",
    description = "Compares agents over the same simulated links: a table, a plot, JSON.")
final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--agents",
      split = ",",
      paramLabel = "AGENT",
      description =
          "none, static:20mbit/5mbit, static:80%%, an agent's id, or a policy file. Default: ${DEFAULT-VALUE}",
      defaultValue = "none,static:50%,static:95%,autorate,receive-rate")
  private List<String> agents = List.of();

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
      completionCandidates = ScenarioChoice.Names.class,
      defaultValue = "constant,steps,lte")
  private List<String> scenarios = List.of();

  @Option(
      names = "--seeds",
      description = "How many courses of each scenario. Default: ${DEFAULT-VALUE}",
      defaultValue = "5")
  private int seeds;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long each course lasts, such as 60s.")
  private @Nullable String duration;

  @Option(names = "--json", description = "Print every single result as JSON.")
  private boolean json;

  @Option(names = "--out", paramLabel = "FOLDER", description = "Leave the report there.")
  private @Nullable Path out;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    if (seeds < 1) {
      throw new UsageException("--seeds %d is not accepted; accepted: at least 1".formatted(seeds));
    }
    List<AgentChoice> choices = new ArrayList<>();
    for (String agent : agents) {
      choices.add(AgentChoice.parse(agent));
    }
    List<Scenario> chosen = scenarios.stream().map(s -> ScenarioChoice.of(s, duration)).toList();
    List<RunResult> results = new ArrayList<>();
    for (Scenario scenario : chosen) {
      for (AgentChoice choice : choices) {
        for (long seed = 1; seed <= seeds; seed++) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          terminal.progress(
              "%s: %s, course %d of %d".formatted(scenario.name(), choice.name(), seed, seeds));
          results.add(SimulatedRun.of(choice, scenario, seed));
        }
      }
    }
    terminal.endLive();
    terminal.printRaw(json ? ReportFolder.json(results) : Comparison.table(results).toString());
    if (out != null) {
      ReportFolder folder = ReportFolder.at(out);
      folder.write(results.stream().filter(r -> r.seed() == 1).toList());
      folder.writeComparison(results);
      terminal.noteRaw("report: " + out);
    }
    return ExitCode.OK.code();
  }
}
