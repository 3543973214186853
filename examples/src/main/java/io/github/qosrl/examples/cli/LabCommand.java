package io.github.qosrl.examples.cli;

import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.examples.lab.Lab;
import io.github.qosrl.examples.lab.LabEvent;
import io.github.qosrl.examples.lab.LabKernel;
import io.github.qosrl.examples.lab.UserModeLab;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code qos lab}: agents compared on a real kernel. */
@Command(
    name = "lab",
    description = {
      "Compares agents on a real kernel: client, router, provider, core and server in network "
          + "namespaces, a bottleneck whose capacity moves, TCP load, delay by netem. Where this "
          + "kernel lacks CAKE or netem, or this user is not root, all of it runs in a kernel of its "
          + "own (Debian's package user-mode-linux).",
    },
    footer = {
      "  sudo qos lab",
      "  qos lab --kernel uml --scenario lte --agents none,autorate,pretrained",
      "  qos lab --trace 50mbit --upload-trace 8mbit --load both --report report"
    })
final class LabCommand implements Callable<Integer>, LeavesBehind {
  private static final String GUEST = "--guest";
  private static final double TOLERATED_LATENESS_SECONDS = 0.02;
  private static final Duration NO_SETTLING = Duration.ZERO;

  private final Terminal terminal;

  @Mixin private final ComparisonOptions comparison = new ComparisonOptions();

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "What the link is like: ${COMPLETION-CANDIDATES}. Default: demo",
      completionCandidates = ScenarioChoice.Names.class)
  private @Nullable String scenario;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many courses of it, each by every agent. Default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private int seeds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The first course. Default: ${DEFAULT-VALUE}",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--kernel",
      paramLabel = "KERNEL",
      description =
          "Where it runs: host (this kernel), uml (one in user mode), or auto: host if it can. Default: ${DEFAULT-VALUE}",
      defaultValue = "auto")
  private String kernel = "auto";

  @ArgGroup(
      validate = false,
      heading = "%nThe link and its load, if not as the scenario has them:%n")
  private LinkOptions link = new LinkOptions();

  @Option(names = GUEST, hidden = true, description = "In user mode: where the results go.")
  private @Nullable Path guest;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  LabCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws QosException, InterruptedException, IOException {
    if (seeds < 1) {
      throw new UsageException("--seeds %d is not accepted; accepted: at least 1".formatted(seeds));
    }
    if (!LabKernel.NAMES.contains(kernel)) {
      throw new UsageException(
          "--kernel '%s' is not accepted; accepted: %s"
              .formatted(kernel, String.join(", ", LabKernel.NAMES)));
    }
    List<AgentChoice> choices = comparison.choices();
    Scenario chosen = chosen();
    try (Host local = Hosts.local()) {
      if (guest != null) {
        LabEvent.write(guest.resolve("results.json"), inGuest(local, chosen, choices));
        return ExitCode.OK.code();
      }
      comparison.requirePlaceForReport();
      LabKernel where = LabKernel.choose(local, kernel);
      List<RunResult> results =
          where.userMode()
              ? inUserMode(local, where, chosen, choices.size())
              : here(local, where, chosen, choices);
      comparison.deliver(terminal, results);
      warnIfLate(results);
    }
    return ExitCode.OK.code();
  }

  @Override
  public String afterInterruption() {
    return "no network namespace, qdisc or process of it is left";
  }

  private Scenario chosen() throws InputFileException {
    List<Scenario> traces = link.traces();
    if (traces.size() + (scenario == null ? 0 : 1) > 1) {
      throw new UsageException("one --trace or one --scenario is accepted: the lab plays one link");
    }
    return traces.isEmpty()
        ? link.adapt(ScenarioChoice.of(scenario == null ? ScenarioChoice.DEMO : scenario))
        : traces.get(0);
  }

  /** In a laboratory in real time, what else the machine does is in the figures. */
  private void warnIfLate(List<RunResult> results) {
    double late = results.stream().mapToDouble(Lab::lateness).max().orElse(0);
    if (late > TOLERATED_LATENESS_SECONDS) {
      terminal.noteRaw(
          "This machine was busy: the laboratory's own timers were up to %.0f ms late (1 %% of them)"
                  .formatted(1000 * late)
              + "; use and delay are worse than they would be on an idle one");
    }
  }

  private List<RunResult> here(
      Host local, LabKernel where, Scenario chosen, List<AgentChoice> choices)
      throws QosException, InterruptedException {
    List<RunResult> results = new ArrayList<>();
    try (Lab lab = Lab.open(local, chosen)) {
      if (!lab.hasDelay()) {
        terminal.noteRaw(
            "There is no netem: the path's own delay is close to 0, not %d ms (%s)"
                .formatted(chosen.baseRtt().toMillis(), where.reason()));
      }
      for (long s = seed; s < seed + seeds; s++) {
        for (AgentChoice choice : choices) {
          LabScreen screen = new LabScreen(terminal, choice.name());
          RunResult result = lab.run(choice, s, NO_SETTLING, screen);
          screen.end(result);
          results.add(result);
        }
      }
    }
    return results;
  }

  /** The same, for the tool outside: what is seen goes to standard output. */
  private List<RunResult> inGuest(Host local, Scenario chosen, List<AgentChoice> choices)
      throws QosException, InterruptedException {
    List<RunResult> results = new ArrayList<>();
    try (Lab lab = Lab.open(local, chosen)) {
      for (long s = seed; s < seed + seeds; s++) {
        for (AgentChoice choice : choices) {
          long present = s;
          Consumer<Moment> tell =
              m -> terminal.printRaw(new LabEvent(choice.name(), present, m).line());
          results.add(lab.run(choice, s, NO_SETTLING, tell));
        }
      }
    }
    return results;
  }

  private List<RunResult> inUserMode(Host local, LabKernel where, Scenario chosen, int choices)
      throws QosException, InterruptedException, IOException {
    terminal.noteRaw("The laboratory runs in a kernel of its own, in user mode: " + where.reason());
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    Duration run = chosen.duration().plusSeconds(60);
    LabScreens screens = new LabScreens(terminal);
    List<RunResult> results =
        UserModeLab.run(
            local,
            arguments,
            GUEST,
            run.multipliedBy(2L * seeds * choices).plusMinutes(3),
            screens);
    screens.end();
    return results;
  }
}
