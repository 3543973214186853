package io.github.qosrl.core.spi;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a part is configured with: text values by key, read with their types.
 *
 * <p>Reading never throws: a missing or malformed value is noted, and a stand-in is returned. After
 * the last read, {@link #check} reports every mistake at once, unknown keys included. So a {@code
 * create} method reads all it knows, calls {@code check}, and then builds.
 *
 * <pre>{@code
 * Duration interval = settings.duration("interval", Duration.ofMillis(200));
 * List<String> targets = settings.list("targets", List.of());
 * settings.require(!targets.isEmpty(), "targets", "at least one host to ping");
 * settings.check();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Settings {
  private final String owner;
  private final Map<String, String> values;
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final Set<String> inSections = new HashSet<>();
  private final Set<String> problems = new LinkedHashSet<>();

  private Settings(String owner, Map<String, String> values) {
    this.owner = owner;
    this.values = new LinkedHashMap<>(values);
  }

  /**
   * @param owner what is configured, for messages: {@code probe 'ping'}
   * @param values text by key; a list is written with commas
   */
  public static Settings of(String owner, Map<String, String> values) {
    return new Settings(owner, values);
  }

  /** No settings: every default. */
  public static Settings none(String owner) {
    return of(owner, Map.of());
  }

  /**
   * Calls some values in messages what the user calls them, instead of by the owner and the key.
   *
   * @param names by key, such as {@code --min} for {@code min}
   * @return this
   */
  public Settings calling(Map<String, String> names) {
    this.names.putAll(names);
    return this;
  }

  /** Whether the key has a value. Counts as a read of it. */
  public boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  /** Text; missing is allowed. */
  public Optional<String> text(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  /** Text, or a default. */
  public String text(String key, String absent) {
    return text(key).orElse(absent);
  }

  /** Text that must be there. */
  public String requiredText(String key) {
    return text(key)
        .orElseGet(
            () -> {
              problem(key, "is missing");
              return "";
            });
  }

  /** A list of texts, written with commas. */
  public List<String> list(String key, List<String> absent) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return absent;
    }
    List<String> items = new ArrayList<>();
    for (String item : text.get().split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return List.copyOf(items);
  }

  /** {@code true} or {@code false}; also {@code yes, no, on, off}. */
  public boolean flag(String key, boolean absent) {
    return read(
        key,
        absent,
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on" -> true;
              case "false", "no", "off" -> false;
              default -> null;
            });
  }

  /** A whole number within a range. */
  public int integer(String key, int absent, int min, int max) {
    return read(
        key,
        absent,
        "a whole number from " + min + " to " + max,
        text -> {
          int value = Integer.parseInt(text);
          return value >= min && value <= max ? value : null;
        });
  }

  /** A number within a range. */
  public double number(String key, double absent, double min, double max) {
    return read(
        key,
        absent,
        "a number from " + min + " to " + max,
        text -> {
          double value = Double.parseDouble(text);
          return value >= min && value <= max ? value : null;
        });
  }

  /** A length of time such as {@code 200ms}, {@code 5s} or {@code 10m}. */
  public Duration duration(String key, Duration absent) {
    return read(key, absent, "a time such as 200ms, 5s or 10m", Settings::parseDuration);
  }

  /** A bit rate in tc's notation. */
  public BitRate bitRate(String key, BitRate absent) {
    return bitRate(key).orElse(absent);
  }

  /** A bit rate in tc's notation; missing is allowed. */
  public Optional<BitRate> bitRate(String key) {
    return read(key, "a rate such as 20mbit or 512kbit", BitRate::parse);
  }

  /** One of a few words. */
  public String oneOf(String key, String absent, Set<String> accepted) {
    return read(
        key,
        absent,
        "one of " + String.join(", ", new TreeSet<>(accepted)),
        text -> accepted.contains(text) ? text : null);
  }

  /** All values whose key starts with {@code prefix.}, by the rest of the key. */
  public Map<String, String> section(String prefix) {
    Map<String, String> section = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix + ".")) {
            inSections.add(key);
            section.put(key.substring(prefix.length() + 1), value);
          }
        });
    return section;
  }

  /** Notes a mistake unless the condition holds. */
  public void require(boolean condition, String key, String accepted) {
    if (!condition) {
      problem(key, shown(key) + " is not accepted; accepted: " + accepted);
    }
  }

  /** Notes a mistake about a key; the same one again changes nothing. */
  public void problem(String key, String what) {
    String name = names.getOrDefault(key, "%s: '%s'".formatted(owner, key));
    problems.add(name + " " + what);
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigurationException if anything was missing, malformed or unknown
   */
  public void check() throws ConfigurationException {
    List<String> all = new ArrayList<>(problems);
    for (String key : values.keySet()) {
      if (!known.contains(key) && !inSections.contains(key)) {
        all.add(unknown(key));
      }
    }
    if (!all.isEmpty()) {
      throw new ConfigurationException(all);
    }
  }

  private String unknown(String key) {
    String meant =
        known.stream()
            .filter(k -> distance(k, key) <= Math.max(1, key.length() / 3))
            .min(Comparator.comparingInt(k -> distance(k, key)))
            .map(k -> "; did you mean '" + k + "'?")
            .orElse("");
    return "%s: '%s' is unknown%s; known: %s"
        .formatted(owner, key, meant, String.join(", ", known));
  }

  /** Levenshtein's distance: the fewest letters to insert, delete or change. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /**
   * Reads a length of time.
   *
   * @return null if the text is not one
   */
  public static @Nullable Duration parseDuration(String text) {
    return DurationText.parse(text);
  }

  private <T> T read(String key, T absent, String accepted, Function<String, @Nullable T> parse) {
    return read(key, accepted, parse).orElse(absent);
  }

  private <T> Optional<T> read(String key, String accepted, Function<String, @Nullable T> parse) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      T value = parse.apply(text.get().strip());
      if (value != null) {
        return Optional.of(value);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message.
    }
    require(false, key, accepted);
    return Optional.empty();
  }

  private String shown(String key) {
    String value = values.get(key);
    return value == null ? "(absent)" : (names.containsKey(key) ? "'" : "= '") + value + "'";
  }
}
