package io.github.qosrl.linux.tc;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The names of the differentiated services code points (RFC 2474, RFC 2597, RFC 3246, RFC 5865, RFC
 * 8622).
 */
final class Dscp {
  private static final Map<String, Integer> NAMES = names();

  private Dscp() {}

  private static Map<String, Integer> names() {
    Map<String, Integer> names = new HashMap<>();
    names.put("be", 0);
    names.put("le", 1);
    names.put("ef", 46);
    names.put("va", 44);
    for (int c = 0; c <= 7; c++) {
      names.put("cs" + c, c << 3);
    }
    for (int c = 1; c <= 4; c++) {
      for (int drop = 1; drop <= 3; drop++) {
        names.put("af" + c + drop, (c << 3) + (drop << 1));
      }
    }
    return Map.copyOf(names);
  }

  /** Reads a name or a number. */
  static int parse(String text) {
    Integer named = NAMES.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    if (text.matches("\\d{1,2}") && Integer.parseInt(text) <= 63) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "'%s' is not a DSCP; accepted: 0 to 63, %s"
            .formatted(text, String.join(", ", new TreeSet<>(NAMES.keySet()))));
  }
}
