package io.github.qosrl.examples.config;

import io.github.qosrl.core.spi.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part by its provider's id, and its settings. In a file, either {@code agent: autorate} or
 *
 * <pre>
 *   agent:
 *     id: autorate
 *     base: 20mbit
 * </pre>
 *
 * @param id the provider's id, or a policy file
 * @param settings text by key, unmodifiable
 */
public record Part(String id, Map<String, String> settings) {

  /** Copies the settings, in their order. */
  public Part {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  static Part read(Settings all, String key, String absent) {
    Map<String, String> settings = new LinkedHashMap<>(all.section(key));
    String id = settings.remove("id");
    if (id != null && all.has(key)) {
      all.problem(key, "is given twice: as '%s' and as '%s.id'".formatted(key, key));
    }
    return new Part(id != null ? id : all.text(key, absent), settings);
  }

  /** The settings with one more; one that is there stays. */
  public Part withDefault(String key, String value) {
    return settings.containsKey(key) ? this : with(Map.of(key, value));
  }

  /** The settings with some more, which take the place of those that are there. */
  public Part with(Map<String, String> values) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.putAll(values);
    return new Part(id, more);
  }
}
