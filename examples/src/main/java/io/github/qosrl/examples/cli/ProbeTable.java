package io.github.qosrl.examples.cli;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.examples.report.ResultTable;
import io.github.qosrl.examples.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What probes see in a window, for people. */
final class ProbeTable {
  private static final String SHARE = "traffic.share";

  private ProbeTable() {}

  /**
   * One line: the pooled delay, then throughput, bandwidth and traffic as far as they are measured.
   *
   * @param targets as the user wrote them; none if delay is not asked for
   */
  static String line(Observation seen, List<String> targets) {
    List<String> parts = new ArrayList<>();
    if (!targets.isEmpty()) {
      parts.add(
          "RTT %s ms (p95 %s, jitter %s)  loss %s"
              .formatted(
                  millis(seen, Metrics.RTT_MEAN),
                  millis(seen, Metrics.RTT_P95),
                  millis(seen, Metrics.JITTER),
                  ResultTable.percent(seen.orElse(Metrics.LOSS, Double.NaN))));
    }
    parts.addAll(whatPasses(seen));
    return parts.isEmpty() ? "nothing is measured yet" : String.join("  ", parts);
  }

  /**
   * A row for each target and one for all, then throughput, bandwidth and traffic as far as they
   * are measured.
   *
   * @param targets as the user wrote them
   */
  static List<String> of(Observation seen, List<String> targets) {
    List<String> lines = new ArrayList<>();
    if (!targets.isEmpty()) {
      Table table =
          new Table(
              "target", "sent", "loss", "RTT mean", "min", "p95", "max ms", "jitter", "inflation");
      scopes(seen).forEach(scope -> table.row(row(seen, scope, scope)));
      lines.addAll(table.row(row(seen, "all", "")).lines());
    }
    lines.addAll(whatPasses(seen));
    return lines;
  }

  private static List<String> whatPasses(Observation seen) {
    List<String> lines = new ArrayList<>();
    for (Metric rate : List.of(Metrics.THROUGHPUT, Metrics.AVAILABLE_BANDWIDTH)) {
      if (seen.get(rate.in(Direction.DOWNLOAD)).isPresent()
          || seen.get(rate.in(Direction.UPLOAD)).isPresent()) {
        lines.add(
            "%s  down %s  up %s Mbit/s"
                .formatted(
                    rate.name(),
                    megabits(seen, rate.in(Direction.DOWNLOAD)),
                    megabits(seen, rate.in(Direction.UPLOAD))));
      }
    }
    String shares = shares(seen);
    if (!shares.isEmpty()) {
      lines.add("traffic  " + shares);
    }
    return lines;
  }

  /** The targets that were measured: those are told apart by their hosts. */
  private static List<String> scopes(Observation seen) {
    return metrics(seen)
        .filter(m -> m.name().equals(Metrics.BASELINE_DELAY.name()) && !m.scope().isEmpty())
        .map(Metric::scope)
        .distinct()
        .toList();
  }

  private static String[] row(Observation seen, String name, String scope) {
    return new String[] {
      name,
      String.format(
          Locale.ROOT, "%.0f", seen.orElse(scoped(Metrics.PROBES_SENT, scope), Double.NaN)),
      ResultTable.percent(seen.orElse(scoped(Metrics.LOSS, scope), Double.NaN)),
      millis(seen, scoped(Metrics.RTT_MEAN, scope)),
      millis(seen, scoped(Metrics.RTT_MIN, scope)),
      millis(seen, scoped(Metrics.RTT_P95, scope)),
      millis(seen, scoped(Metrics.RTT_MAX, scope)),
      millis(seen, scoped(Metrics.JITTER, scope)),
      scope.isEmpty() ? millis(seen, Metrics.DELAY_INFLATION) : ""
    };
  }

  private static String shares(Observation seen) {
    return metrics(seen)
        .filter(m -> m.name().equals(SHARE))
        .filter(m -> seen.orElse(m, 0) >= 0.005)
        .distinct()
        .map(m -> m.scope() + " " + ResultTable.percent(seen.orElse(m, 0)))
        .collect(Collectors.joining("  "));
  }

  private static Stream<Metric> metrics(Observation seen) {
    return seen.measurements().stream()
        .map(Measurement::asMap)
        .flatMap(values -> values.keySet().stream());
  }

  private static Metric scoped(Metric metric, String scope) {
    return scope.isEmpty() ? metric : metric.in(scope);
  }

  private static String millis(Observation seen, Metric metric) {
    return ResultTable.millis(seen.orElse(metric, Double.NaN));
  }

  private static String megabits(Observation seen, Metric metric) {
    return ResultTable.megabits(seen.orElse(metric, Double.NaN));
  }
}
