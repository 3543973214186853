package io.github.qosrl.examples.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.qosrl.core.spi.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A YAML file as flat text by key: nested keys are joined by dots, the items of a list by commas.
 */
final class YamlFile {
  private static final long MAX_BYTES = 1 << 20;
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private final String name;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private YamlFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException if it is not there, is not YAML, or has lists of lists
   * @throws IOException if it cannot be read
   */
  static Map<String, String> read(Path path) throws ConfigurationException, IOException {
    if (!Files.isRegularFile(path)) {
      String is = Files.exists(path) ? "is no file" : "does not exist";
      throw new ConfigurationException(List.of("the configuration file '" + path + "' " + is));
    }
    if (Files.size(path) > MAX_BYTES) {
      throw new ConfigurationException(
          List.of("'" + path + "' is larger than 1 MiB; that is no configuration file"));
    }
    return parse(String.valueOf(path.getFileName()), Files.readString(path));
  }

  /** Reads a file's text. */
  static Map<String, String> parse(String name, String text) throws ConfigurationException {
    YamlFile file = new YamlFile(name);
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(List.of(name + ": not valid YAML: " + where(e)));
    }
    if (root == null || root.isMissingNode() || root.isNull()) {
      return Map.of();
    }
    if (!root.isObject()) {
      throw new ConfigurationException(
          List.of(name + ": is no configuration; accepted: lines of 'key: value', e.g. wan: eth0"));
    }
    file.flatten("", root);
    if (!file.problems.isEmpty()) {
      throw new ConfigurationException(file.problems);
    }
    return file.values;
  }

  private void flatten(String prefix, JsonNode object) {
    object
        .properties()
        .forEach(
            entry -> {
              String key = prefix + entry.getKey();
              JsonNode value = entry.getValue();
              if (value.isObject()) {
                flatten(key + ".", value);
              } else if (value.isArray()) {
                values.put(key, list(key, value));
              } else if (value.isNull()) {
                problems.add(
                    "%s: '%s' has no value; remove the line or give one".formatted(name, key));
              } else {
                values.put(key, value.asText());
              }
            });
  }

  private String list(String key, JsonNode items) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : items) {
      if (!item.isValueNode() || item.isNull() || item.asText().contains(",")) {
        problems.add(
            "%s: '%s' has the item %s; accepted: single values without commas"
                .formatted(name, key, item));
      } else {
        texts.add(item.asText());
      }
    }
    return String.join(",", texts);
  }

  private static String where(JsonProcessingException e) {
    // What it was about and what it met; the indented lines between show the place.
    String message =
        e.getOriginalMessage()
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .collect(Collectors.joining(", "));
    return e.getLocation() == null
        ? message
        : "line %d, column %d: %s"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr(), message);
  }
}
