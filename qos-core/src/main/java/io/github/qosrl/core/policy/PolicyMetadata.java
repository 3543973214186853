package io.github.qosrl.core.policy;

import io.github.qosrl.core.spi.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metadata of a policy file, read strictly. */
record PolicyMetadata(String file, Map<String, String> values) {
  private static final int MAX_SHOWN = 80;
  private static final int MAX_DIGITS = 6;
  private static final char DELETE = 0x7f;

  static Map<String, String> of(NetworkShape shape) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("network.inputs", Integer.toString(shape.inputs()));
    values.put(
        "network.hidden", String.join(",", shape.hidden().stream().map(String::valueOf).toList()));
    values.put("network.actions", Integer.toString(shape.actions()));
    values.put("network.dueling", Boolean.toString(shape.dueling()));
    values.put("network.quantiles", Integer.toString(shape.quantiles()));
    return values;
  }

  String text(String key) throws PolicyException {
    String value = values.get(key);
    if (value == null) {
      throw new PolicyException(
          "%s is not a policy: its metadata has no '%s'; 'train' writes one that has"
              .formatted(file, key));
    }
    return value;
  }

  void require(String key, String accepted) throws PolicyException {
    String value = text(key);
    if (!value.equals(accepted)) {
      throw new PolicyException(
          "policy %s has %s '%s'; accepted: %s".formatted(file, key, shown(value), accepted));
    }
  }

  NetworkShape shape() throws PolicyException {
    List<Integer> hidden = new ArrayList<>();
    String widths = text("network.hidden");
    for (String width : widths.isEmpty() ? new String[0] : widths.split(",", -1)) {
      hidden.add(number("network.hidden", width));
    }
    String dueling = text("network.dueling");
    if (!dueling.equals("true") && !dueling.equals("false")) {
      throw bad("network.dueling", dueling, "true or false");
    }
    try {
      return new NetworkShape(
          number("network.inputs", text("network.inputs")),
          hidden,
          number("network.actions", text("network.actions")),
          dueling.equals("true"),
          number("network.quantiles", text("network.quantiles")));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new PolicyException(
          "policy %s describes no possible network: %s".formatted(file, e.getMessage()), e);
    }
  }

  private int number(String key, String text) throws PolicyException {
    boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!digits) {
      throw bad(key, text, "whole numbers from 1 to " + NetworkShape.MAX_WIDTH);
    }
    return Integer.parseInt(text);
  }

  private PolicyException bad(String key, String value, String accepted) {
    return new PolicyException(
        "policy %s has %s '%s'; accepted: %s".formatted(file, key, shown(value), accepted));
  }

  private static String shown(String value) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < value.length() && i < MAX_SHOWN; i++) {
      char c = value.charAt(i);
      line.append(c < ' ' || c == DELETE ? '?' : c);
    }
    return line + (value.length() > MAX_SHOWN ? "…" : "");
  }

  /** The parameters of a part. */
  Settings settings(String part) throws PolicyException {
    return Settings.of(part + " '" + shown(text(part)) + "'", section(part));
  }

  /** All values whose key starts with {@code prefix.}, by the rest of the key. */
  Map<String, String> section(String prefix) {
    String start = prefix + ".";
    Map<String, String> section = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (entry.getKey().startsWith(start)) {
        section.put(entry.getKey().substring(start.length()), entry.getValue());
      }
    }
    return section;
  }
}
