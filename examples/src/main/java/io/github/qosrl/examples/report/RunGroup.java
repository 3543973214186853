package io.github.qosrl.examples.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One agent's runs over one kind of link: courses of a named scenario, or scenarios that were drawn
 * of one family.
 *
 * @param kind the scenario's name, or the family's; {@link #ALL} for runs of every kind
 * @param agent the agent
 * @param runs at least one
 */
public record RunGroup(String kind, String agent, List<RunResult> runs) {
  /** Stands for every kind together. */
  public static final String ALL = "all";

  /** Copies the list. */
  public RunGroup {
    runs = List.copyOf(runs);
  }

  /** The kind of a run's link: a drawn scenario is called {@code family#seed}. */
  public static String kind(RunResult run) {
    return run.scenario().replaceFirst("#.*", "");
  }

  /**
   * The groups, in the order of their first runs; all kinds together last, if there are several.
   */
  public static List<RunGroup> of(List<RunResult> results) {
    List<RunGroup> groups = new ArrayList<>();
    by(results, RunGroup::kind)
        .forEach(
            (kind, runs) ->
                by(runs, RunResult::agent)
                    .forEach((agent, own) -> groups.add(new RunGroup(kind, agent, own))));
    if (by(results, RunGroup::kind).size() > 1) {
      by(results, RunResult::agent)
          .forEach((agent, own) -> groups.add(new RunGroup(ALL, agent, own)));
    }
    return List.copyOf(groups);
  }

  static Map<String, List<RunResult>> by(List<RunResult> results, Function<RunResult, String> key) {
    return results.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  /** A figure's mean over the runs. */
  public Confidence mean(ToDoubleFunction<RunResult> figure) {
    return Confidence.of(runs.stream().mapToDouble(figure).toArray());
  }

  /**
   * The mean of the difference between a figure of this agent and of another, over the runs that
   * both made of the same scenario and seed: what links have in common does not blur it.
   */
  public Confidence difference(RunGroup other, ToDoubleFunction<RunResult> figure) {
    Map<String, RunResult> theirs =
        other.runs.stream().collect(Collectors.toMap(RunGroup::course, r -> r, (a, b) -> a));
    return Confidence.of(
        runs.stream()
            .filter(r -> theirs.containsKey(course(r)))
            .mapToDouble(r -> figure.applyAsDouble(r) - figure.applyAsDouble(theirs.get(course(r))))
            .toArray());
  }

  private static String course(RunResult run) {
    return run.scenario() + " " + run.seed();
  }
}
