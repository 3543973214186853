package io.github.qosrl.examples.cli;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.examples.demo.QuickTraining;
import io.github.qosrl.examples.demo.Verdict;
import io.github.qosrl.examples.lab.Lab;
import io.github.qosrl.examples.lab.LabNetwork;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.ReportFolder;
import io.github.qosrl.examples.report.ResultTable;
import io.github.qosrl.examples.report.RunResult;
import io.github.qosrl.examples.sim.SimulatedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qos demo}: all of it, in a few minutes. */
@Command(
    name = "demo",
    description =
        "Trains a policy in the simulated link, and sets it against no shaping, fixed rates and "
            + "heuristics on the real kernel; without root, in simulation.",
    footer = {"  sudo qos demo", "  qos demo --simulate --train-time 20s"})
final class DemoCommand implements Callable<Integer>, LeavesBehind {
  private static final List<String> FIXED =
      List.of("static:35%", "static:50%", "static:75%", "static:95%");
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss");

  /** The slow start into a deep buffer is the same for all, and lasts too long for a short run. */
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private final Terminal terminal;

  @Option(
      names = "--train-time",
      paramLabel = "TIME",
      description = "The longest to train. Default: ${DEFAULT-VALUE}",
      defaultValue = "100s")
  private String trainTime = "100s";

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Use this policy instead of training one.")
  private @Nullable Path policy;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "Measured time of each run. Default: ${DEFAULT-VALUE}",
      defaultValue = "30s")
  private String duration = "30s";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes everything random. Default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private long seed = 1;

  @Option(
      names = "--simulate",
      description = "Compare in simulation even where the laboratory could run.")
  private boolean simulate;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the report goes. Default: qos-runs/demo-TIME")
  private @Nullable Path out;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    Duration limit = Settings.parseDuration(trainTime);
    if (limit == null || limit.isZero()) {
      throw new UsageException(
          "--train-time '%s' is not accepted; accepted: a time such as 100s or 2m"
              .formatted(trainTime));
    }
    OutputFile.requireFolder("--out", out);
    if (policy != null) {
      PolicyFile.read(policy); // A mistake in it should be told before anything else.
    }
    Scenario scenario = ScenarioChoice.of(ScenarioChoice.DEMO, duration);
    ReportFolder folder = ReportFolder.at(out == null ? defaultFolder() : out);
    Path trained = policy;
    if (trained == null) {
      terminal.print("@|bold 1. Training|@ a policy in simulated links, for at most " + trainTime);
      trained = QuickTraining.train(folder.path(), limit, seed, terminal.bar(), terminal::noteRaw);
    }
    List<RunResult> results = compare(scenario, trained);
    terminal.printRaw("");
    terminal.printRaw(ResultTable.of(results).toString());
    terminal.printRaw("");
    verdict(results).lines().forEach(terminal::printRaw);
    folder.write(results);
    terminal.printRaw("Courses, plots and the policy are in " + folder.path());
    return ExitCode.OK.code();
  }

  @Override
  public String afterInterruption() {
    return "no network namespace, qdisc or process of it is left";
  }

  private static Path defaultFolder() {
    var now = MonotonicClock.system().now().atZone(ZoneId.systemDefault());
    return Path.of("qos-runs", "demo-" + STAMP.format(now));
  }

  private static List<AgentChoice> choices(Path trained) throws QosException {
    List<AgentChoice> choices = new ArrayList<>(List.of(AgentChoice.parse("none")));
    for (String fixed : FIXED) {
      choices.add(AgentChoice.parse(fixed));
    }
    choices.add(AgentChoice.parse("autorate"));
    choices.add(new AgentChoice(trained.toAbsolutePath().toString(), "trained policy"));
    return choices;
  }

  private List<RunResult> compare(Scenario scenario, Path trained)
      throws QosException, InterruptedException {
    List<RunResult> results = new ArrayList<>();
    try (Host local = Hosts.local()) {
      Optional<String> missing =
          simulate ? Optional.of("as --simulate asks") : LabNetwork.missing(local);
      if (missing.isPresent()) {
        terminal.print("@|bold 2. Comparing in simulation|@: " + missing.get());
        for (AgentChoice choice : choices(trained)) {
          results.add(SimulatedRun.of(choice, scenario, seed));
        }
        return results;
      }
      terminal.print(
          "@|bold 2. Comparing on the real kernel|@, in network namespaces: TCP both ways through"
              + " a bottleneck that moves");
      try (Lab lab = Lab.open(local, scenario)) {
        for (AgentChoice choice : choices(trained)) {
          LabScreen screen = new LabScreen(terminal, choice.name());
          RunResult result = lab.run(choice, seed, SETTLING, screen);
          screen.end(result);
          results.add(result);
        }
      }
    }
    return results;
  }

  private static Verdict verdict(List<RunResult> results) {
    int last = results.size() - 1;
    return Verdict.of(results.get(0), results.subList(1, 1 + FIXED.size()), results.get(last));
  }
}
