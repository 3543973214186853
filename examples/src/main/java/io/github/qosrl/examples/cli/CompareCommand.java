package io.github.qosrl.examples.cli;

import io.github.qosrl.core.QosException;
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
            + "JSON, plots. Equal arguments give equal results.",
    footer = {
      "  qos compare --agents pretrained,autorate,none --scenario lte,starlink",
      "  qos compare --set test --seeds 20 --against receive-rate --report report",
      "  qos compare --trace 50mbit --upload-trace 8mbit --load both --rtt 80ms"
    })
final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ComparisonOptions comparison = new ComparisonOptions();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many runs at a time. Default: one for each processor")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Mixin private final ScenarioOptions scenarios = new ScenarioOptions(5);

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    if (jobs < 1) {
      throw new UsageException("--jobs %d is not accepted; accepted: at least 1".formatted(jobs));
    }
    comparison.requirePlaceForReport();
    List<AgentChoice> choices = comparison.choices();
    List<SimulatedRuns.Task> tasks = new ArrayList<>();
    for (ScenarioOptions.Course course : scenarios.courses()) {
      for (AgentChoice choice : choices) {
        tasks.add(new SimulatedRuns.Task(choice, course.scenario(), course.seed()));
      }
    }
    List<RunResult> results =
        SimulatedRuns.of(
            tasks, jobs, done -> terminal.progress("%d of %d runs".formatted(done, tasks.size())));
    terminal.endLive();
    comparison.deliver(terminal, results);
    return ExitCode.OK.code();
  }
}
