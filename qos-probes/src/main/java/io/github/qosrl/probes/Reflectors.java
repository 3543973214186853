package io.github.qosrl.probes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The lists of targets that come with the library, by name: {@code default} and {@code
 * default-ipv6} are public anycast resolvers, {@code example} has one host of each traffic type
 * (dns, lan, iot, video, social, dev, web). In a setting, such a name stands for its targets.
 * Immutable and thread-safe.
 */
public final class Reflectors {
  /** How many of a list to probe at a time unless one says otherwise. */
  public static final int ACTIVE = 4;

  private static final String RESOURCE = "reflectors.txt";
  private static final Map<String, List<Target>> LISTS = read();

  private Reflectors() {}

  /** The names of the lists. */
  public static Set<String> names() {
    return LISTS.keySet();
  }

  /** The targets of a list, the best known first; empty if there is no list of that name. */
  public static Optional<List<Target>> list(String name) {
    return Optional.ofNullable(LISTS.get(name));
  }

  private static Map<String, List<Target>> read() {
    Map<String, List<Target>> lists = new LinkedHashMap<>();
    try (InputStream in =
            Objects.requireNonNull(Reflectors.class.getResourceAsStream(RESOURCE), RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<Target> current = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text = line.strip();
        if (text.startsWith("[")) {
          current = new ArrayList<>();
          lists.put(text.substring(1, text.length() - 1), current);
        } else if (!text.isEmpty() && !text.startsWith("#")) {
          current.add(Target.parse(text));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lists.replaceAll((name, targets) -> List.copyOf(targets));
    return Map.copyOf(lists);
  }
}
