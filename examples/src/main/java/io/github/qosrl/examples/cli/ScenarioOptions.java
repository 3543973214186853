package io.github.qosrl.examples.cli;

import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioFamily;
import io.github.qosrl.core.sim.ScenarioSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that choose simulated scenarios: by name, from traces, or drawn from a set. */
final class ScenarioOptions {
  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description =
          "What the links are like: ${COMPLETION-CANDIDATES}. Default: constant,steps,lte",
      completionCandidates = ScenarioChoice.Names.class)
  private List<String> names = List.of();

  @Option(
      names = "--set",
      paramLabel = "SET",
      description =
          "Draw scenarios from training, validation or test; no two of them share one, and only test has every family.")
  private @Nullable String set;

  @Option(
      names = "--family",
      split = ",",
      paramLabel = "NAME",
      description =
          "Draw only of these families: ${COMPLETION-CANDIDATES}. Default: all of the set; without --set, of test",
      completionCandidates = Families.class)
  private List<String> families = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "How many courses of each scenario, or scenarios of each family. Default: ${DEFAULT-VALUE}")
  private int seeds;

  @ArgGroup(
      validate = false,
      heading = "%nThe link and its load, if not as the scenario has them:%n")
  private LinkOptions link = new LinkOptions();

  /**
   * @param seeds how many of each, if not told otherwise
   */
  ScenarioOptions(int seeds) {
    this.seeds = seeds;
  }

  /** The families' names, for help texts. */
  static final class Families implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(ScenarioFamily.values()).map(ScenarioFamily::label).iterator();
    }
  }

  /**
   * A scenario, and one course of its capacity.
   *
   * @param scenario the scenario
   * @param seed fixes the course
   */
  record Course(Scenario scenario, long seed) {}

  /** What was chosen, as the options about the link change it. */
  List<Course> courses() throws InputFileException {
    if (seeds < 1) {
      throw new UsageException("--seeds %d is not accepted; accepted: at least 1".formatted(seeds));
    }
    List<Course> courses = new ArrayList<>();
    for (Scenario trace : link.traces()) {
      several(courses, trace);
    }
    for (String name : names) {
      several(courses, link.adapt(ScenarioChoice.of(name)));
    }
    if (set != null || !families.isEmpty()) {
      draw(courses);
    }
    if (courses.isEmpty()) {
      for (String name : List.of("constant", "steps", "lte")) {
        several(courses, link.adapt(ScenarioChoice.of(name)));
      }
    }
    return courses;
  }

  private void several(List<Course> courses, Scenario scenario) {
    for (long seed = 1; seed <= seeds; seed++) {
      courses.add(new Course(scenario, seed));
    }
  }

  private void draw(List<Course> courses) throws InputFileException {
    ScenarioSet from = chosenSet();
    List<ScenarioFamily> all = from.families();
    List<ScenarioFamily> wanted =
        families.isEmpty() ? all : families.stream().map(this::family).toList();
    for (ScenarioFamily family : wanted) {
      int place = all.indexOf(family);
      if (place < 0) {
        throw new UsageException(
            "--family '%s' is not in the %s set; in it are: %s"
                .formatted(
                    family.label(),
                    from.name().toLowerCase(Locale.ROOT),
                    String.join(", ", all.stream().map(ScenarioFamily::label).toList())));
      }
      for (long i = 0; i < seeds; i++) {
        // Successive seeds take the families in turn: this is the i-th of this one.
        long seed = i * all.size() + place;
        courses.add(new Course(link.adapt(from.draw(seed)), seed));
      }
    }
  }

  private ScenarioSet chosenSet() {
    if (set == null) {
      return ScenarioSet.TEST;
    }
    try {
      return ScenarioSet.valueOf(set.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--set '%s' is not accepted; accepted: training, validation or test".formatted(set));
    }
  }

  private ScenarioFamily family(String name) {
    return Arrays.stream(ScenarioFamily.values())
        .filter(f -> f.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no family '%s'; there are: %s"
                        .formatted(name, String.join(", ", new Families()))));
  }
}
