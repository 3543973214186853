package io.github.qosrl.examples.cli;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.examples.report.Confidence;
import io.github.qosrl.examples.report.Table;
import io.github.qosrl.examples.sim.CapacityStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code qos scenarios}: what the links are like on which agents are trained and compared. */
@Command(
    name = "scenarios",
    description =
        "Shows what simulated links are like: measures how their download capacity moves, in bins "
            + "of 100 ms, and counts what is sent.",
    footer = {"  qos scenarios --scenario lte,starlink", "  qos scenarios --set test --seeds 50"})
final class ScenariosCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ScenarioOptions scenarios = new ScenarioOptions(20);

  ScenariosCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  private record Measured(Scenario scenario, CapacityStatistics capacity) {}

  @Override
  public Integer call() throws InputFileException {
    Map<String, List<Measured>> kinds = new LinkedHashMap<>();
    for (ScenarioOptions.Course course : scenarios.courses()) {
      Scenario scenario = course.scenario();
      kinds
          .computeIfAbsent(scenario.name().replaceFirst("#.*", ""), k -> new ArrayList<>())
          .add(new Measured(scenario, CapacityStatistics.of(scenario, course.seed())));
    }
    Table table =
        new Table(
            "link",
            "n",
            "Mbit/s",
            "p10/mean",
            "p90/mean",
            "sigma",
            "memory s",
            "drops %",
            "outage %",
            "RTT ms",
            "buffer ms",
            "flows",
            "upload %",
            "lossy %");
    kinds.forEach((kind, all) -> row(table, kind, all));
    terminal.printRaw(table.toString());
    return ExitCode.OK.code();
  }

  private static void row(Table table, String kind, List<Measured> all) {
    table.row(
        kind,
        Integer.toString(all.size()),
        range(all, m -> m.capacity().mean() / 1e6),
        mean(all, m -> m.capacity().p10()),
        mean(all, m -> m.capacity().p90()),
        mean(all, m -> m.capacity().sigma()),
        mean(all, m -> m.capacity().memory()),
        mean(all, m -> 100 * m.capacity().drops()),
        mean(all, m -> 100 * m.capacity().outages()),
        range(all, m -> m.scenario().baseRtt().toMillis()),
        range(all, m -> m.scenario().downloadBuffer().toMillis()),
        range(all, m -> m.scenario().traffic().size()),
        part(all, m -> loadsUpload(m.scenario())),
        part(all, m -> m.scenario().randomLoss() > 0));
  }

  private static boolean loadsUpload(Scenario scenario) {
    return scenario.traffic().stream().anyMatch(t -> t.direction() == Direction.UPLOAD);
  }

  private static String mean(List<Measured> all, ToDoubleFunction<Measured> value) {
    double mean = Confidence.of(all.stream().mapToDouble(value).toArray()).mean();
    return Double.isNaN(mean) ? "–" : String.format(Locale.ROOT, "%.2f", mean);
  }

  private static String range(List<Measured> all, ToDoubleFunction<Measured> value) {
    var summary = all.stream().mapToDouble(value).summaryStatistics();
    String least = String.format(Locale.ROOT, "%.0f", summary.getMin());
    String most = String.format(Locale.ROOT, "%.0f", summary.getMax());
    return least.equals(most) ? least : least + "–" + most;
  }

  private static String part(List<Measured> all, Predicate<Measured> test) {
    return String.format(
        Locale.ROOT, "%.0f", 100.0 * all.stream().filter(test).count() / all.size());
  }
}
