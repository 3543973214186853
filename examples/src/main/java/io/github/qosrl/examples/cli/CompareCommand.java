package io.github.qosrl.examples.cli;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.RunResult;
import io.github.qosrl.examples.sim.SimulatedRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code qos compare}: agents over the same simulated links. */
@Command(
    name = "compare",
    description =
        "Compares agents over the same simulated links: a table with 95 %% confidence intervals, "
            + "JSON, plots. Equal arguments give equal results.")
final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--agents",
      split = ",",
      paramLabel = "AGENT",
      description =
          "none, static:20mbit/5mbit, static:80%%, an agent's id, or a policy file. Default: ${DEFAULT-VALUE}",
      defaultValue = "none,static:50%,static:95%,autorate,receive-rate,pretrained")
  private List<String> agents = List.of();

  @Mixin private final ScenarioOptions scenarios = new ScenarioOptions();
  @Mixin private final LinkOptions link = new LinkOptions();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "How many courses of each scenario, or scenarios of each family. Default: ${DEFAULT-VALUE}",
      defaultValue = "5")
  private int seeds;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many runs at a time. Default: one for each processor")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Mixin private final ReportOptions report = new ReportOptions();

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    requireAtLeastOne("--seeds", seeds);
    requireAtLeastOne("--jobs", jobs);
    List<AgentChoice> choices = new ArrayList<>();
    for (String agent : agents) {
      choices.add(AgentChoice.parse(agent));
    }
    report.requireAgainst(choices);
    List<SimulatedRuns.Task> tasks = new ArrayList<>();
    for (ScenarioOptions.Course course : scenarios.courses(link, seeds)) {
      for (AgentChoice choice : choices) {
        Scenario scenario = link.adapt(course.scenario());
        tasks.add(new SimulatedRuns.Task(choice, scenario, course.seed()));
      }
    }
    List<RunResult> results =
        SimulatedRuns.of(
            tasks, jobs, done -> terminal.progress("%d of %d runs".formatted(done, tasks.size())));
    terminal.endLive();
    report.deliver(terminal, results);
    return ExitCode.OK.code();
  }

  private static void requireAtLeastOne(String option, int value) {
    if (value < 1) {
      throw new UsageException(
          "%s %d is not accepted; accepted: at least 1".formatted(option, value));
    }
  }
}
