package io.github.qosrl.examples.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.qosrl.core.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Agents over several courses or scenarios: means with their 95 % confidence intervals. */
public final class Comparison {
  private static final Map<String, ToDoubleFunction<RunResult>> FIGURES = figures();

  private Comparison() {}

  private static Map<String, ToDoubleFunction<RunResult>> figures() {
    Map<String, ToDoubleFunction<RunResult>> figures = new LinkedHashMap<>();
    figures.put("down use %", r -> 100 * r.utilisation(Direction.DOWNLOAD));
    figures.put("up use %", r -> 100 * r.utilisation(Direction.UPLOAD));
    figures.put("RTT+ mean ms", r -> 1000 * r.inflation().mean());
    figures.put("p50", r -> 1000 * r.inflation().p50());
    figures.put("p95", r -> 1000 * r.inflation().p95());
    figures.put("p99", r -> 1000 * r.inflation().p99());
    figures.put("loss %", r -> 100 * r.loss());
    return figures;
  }

  /** One row for each kind of link and agent. */
  public static Table table(List<RunResult> results) {
    Table table = titled("runs");
    for (RunGroup group : RunGroup.of(results)) {
      row(table, group, Integer.toString(group.runs().size()), group::mean);
    }
    return table;
  }

  /**
   * One row for each kind of link and agent but one: how much more or less than that one, pairwise
   * on the same courses.
   */
  public static Table differences(List<RunResult> results, String against) {
    Table table = titled("pairs");
    List<RunGroup> groups = RunGroup.of(results);
    for (RunGroup group : groups) {
      Optional<RunGroup> other =
          groups.stream()
              .filter(g -> g.kind().equals(group.kind()) && g.agent().equals(against))
              .findFirst();
      if (other.isPresent() && !group.agent().equals(against)) {
        int pairs = group.difference(other.get(), r -> r.inflation().mean()).n();
        row(table, group, Integer.toString(pairs), f -> group.difference(other.get(), f));
      }
    }
    return table;
  }

  private static Table titled(String count) {
    List<String> titles = new ArrayList<>(List.of("link", "agent", count));
    titles.addAll(FIGURES.keySet());
    return new Table(titles.toArray(String[]::new));
  }

  private static void row(
      Table table,
      RunGroup group,
      String count,
      Function<ToDoubleFunction<RunResult>, Confidence> mean) {
    List<String> cells = new ArrayList<>(List.of(group.kind(), group.agent(), count));
    FIGURES.values().forEach(figure -> cells.add(mean.apply(figure).toString()));
    table.row(cells.toArray(String[]::new));
  }

  /** Adds an object for each kind of link and agent. */
  static void json(List<RunResult> results, ArrayNode array) {
    for (RunGroup group : RunGroup.of(results)) {
      ObjectNode node = array.addObject();
      node.put("link", group.kind()).put("agent", group.agent()).put("runs", group.runs().size());
      for (Direction d : Direction.values()) {
        put(node, "utilisation_" + d.label(), group.mean(r -> r.utilisation(d)));
        put(node, "throughput_" + d.label() + "_bps", group.mean(r -> r.throughput(d)));
      }
      put(node, "rtt_inflation_mean_s", group.mean(r -> r.inflation().mean()));
      put(node, "rtt_inflation_p50_s", group.mean(r -> r.inflation().p50()));
      put(node, "rtt_inflation_p95_s", group.mean(r -> r.inflation().p95()));
      put(node, "rtt_inflation_p99_s", group.mean(r -> r.inflation().p99()));
      put(node, "loss", group.mean(RunResult::loss));
    }
  }

  private static void put(ObjectNode node, String key, Confidence value) {
    ReportFolder.put(node, key, value.mean());
    ReportFolder.put(node, key + "_ci95", value.halfWidth());
  }
}
