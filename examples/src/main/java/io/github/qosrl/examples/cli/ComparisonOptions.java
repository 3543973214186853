package io.github.qosrl.examples.cli;

import io.github.qosrl.core.QosException;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.Comparison;
import io.github.qosrl.examples.report.ReportFolder;
import io.github.qosrl.examples.report.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which agents are compared, and in which form the results are wanted. */
final class ComparisonOptions {
  @Option(
      names = "--agents",
      split = ",",
      paramLabel = "AGENT",
      description =
          "Whom to compare: none, static:20mbit/5mbit, static:80%% (of the mean capacity), the id of an agent such as autorate, or a policy file. Default: ${DEFAULT-VALUE}",
      defaultValue = "none,static:50%,static:95%,autorate,receive-rate,pretrained")
  private List<String> agents = List.of();

  @Option(names = "--json", description = "Print everything as JSON instead of the table.")
  private boolean json;

  @Option(
      names = {"--report", "--out"},
      paramLabel = "FOLDER",
      description = "Leave a report there: the table, JSON, each run's course, and plots.")
  private @Nullable Path out;

  @Option(
      names = "--against",
      paramLabel = "AGENT",
      description = "Also print how the others differ from this one, run by run on equal links.")
  private @Nullable String against;

  /** Finds out that there is no place for the report before the work that it is to tell of. */
  void requirePlaceForReport() {
    OutputFile.requireFolder("--report", out);
  }

  /** The agents to compare, in their order. */
  List<AgentChoice> choices() throws QosException {
    List<AgentChoice> choices = new ArrayList<>();
    for (String agent : agents) {
      choices.add(AgentChoice.parse(agent));
    }
    if (against != null && choices.stream().noneMatch(c -> c.text().equals(against))) {
      throw new UsageException(
          "--against '%s' is not among --agents: %s"
              .formatted(
                  against, String.join(", ", choices.stream().map(AgentChoice::text).toList())));
    }
    return choices;
  }

  /** Prints the results, and writes the report. */
  void deliver(Terminal terminal, List<RunResult> results) throws QosException, IOException {
    print(terminal, results);
    if (out != null) {
      ReportFolder.at(out).write(results);
      terminal.noteRaw("report: " + out);
    }
  }

  private void print(Terminal terminal, List<RunResult> results) throws QosException, IOException {
    if (json) {
      terminal.printRaw(ReportFolder.json(results).stripTrailing());
      return;
    }
    terminal.printRaw(Comparison.table(results).toString());
    if (against != null) {
      String name = AgentChoice.parse(against).name();
      terminal.printRaw("");
      terminal.printRaw("More (or less) than " + name + ", on the same courses:");
      terminal.printRaw(Comparison.differences(results, name).toString());
    }
  }
}
