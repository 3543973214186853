package io.github.qosrl.linux.tc;

import com.google.common.base.Splitter;
import io.github.qosrl.core.spi.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads traffic classes from settings: {@code classes=high,medium,low} names them, in the order in
 * which packets are matched; {@code class.NAME.share}, {@code .ceiling}, {@code .priority} and
 * {@code .match} describe one; {@code class.fallback} names the one for everything else. The names
 * high, medium and low, and interactive and bulk, come with defaults.
 */
final class ClassSettings {
  private static final Splitter MATCHES = Splitter.on(',').trimResults().omitEmptyStrings();

  private final Settings settings;

  private ClassSettings(Settings settings) {
    this.settings = settings;
  }

  /** The classes that the settings describe; what is wrong with them is noted there. */
  static TrafficClasses read(Settings settings) {
    List<String> names = settings.list("classes", List.of());
    if (names.isEmpty()) {
      return TrafficClasses.NONE;
    }
    ClassSettings reader = new ClassSettings(settings);
    List<TrafficClass> classes = new ArrayList<>();
    for (String name : names) {
      reader.add(classes, name, 1.0 / names.size());
    }
    double sum = classes.stream().mapToDouble(TrafficClass::share).sum();
    if (sum > 1 + 1e-9) {
      settings.problem("classes", "have shares that add up to " + sum + "; accepted: at most 1");
    }
    settings.require(
        new HashSet<>(names).size() == names.size(), "classes", "a name for each class");
    String preset = names.contains("medium") ? "medium" : names.get(names.size() - 1);
    String fallback = settings.text("class.fallback", preset);
    settings.require(
        names.contains(fallback), "class.fallback", "one of " + String.join(", ", names));
    return new TrafficClasses(classes, fallback);
  }

  private void add(List<TrafficClass> classes, String name, double evenShare) {
    TrafficClass preset =
        Stream.of(TrafficClasses.STANDARD, TrafficClasses.INTERACTIVE_FIRST)
            .flatMap(known -> known.all().stream())
            .filter(c -> c.name().equals(name))
            .findFirst()
            .orElse(null);
    String key = "class." + name + ".";
    double share =
        settings.number(key + "share", preset == null ? evenShare : preset.share(), 1e-6, 1);
    double ceiling = settings.number(key + "ceiling", 1, 1e-6, 1);
    int priority =
        settings.integer(
            key + "priority",
            preset == null ? Math.min(7, classes.size()) : preset.priority(),
            0,
            7);
    List<Match> matches =
        settings.has(key + "match") || preset == null ? matches(key + "match") : preset.matches();
    try {
      classes.add(new TrafficClass(name, share, ceiling, priority, matches));
    } catch (IllegalArgumentException e) {
      settings.problem("classes", String.valueOf(e.getMessage()));
    }
  }

  private List<Match> matches(String key) {
    List<Match> matches = new ArrayList<>();
    for (String text : MATCHES.split(settings.text(key, ""))) {
      try {
        matches.add(Match.parse(text));
      } catch (IllegalArgumentException e) {
        settings.problem(key, ": " + e.getMessage());
      }
    }
    return matches;
  }
}
