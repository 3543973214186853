package io.github.qosrl.rl;

import java.util.ArrayList;
import java.util.List;

/** The text form of a record, {@code Name[a=1, b=Inner[c=2]]}, taken apart. */
final class RecordText {
  private RecordText() {}

  /** In which components two records of one kind differ, by their text forms. */
  static String differences(String saved, String present) {
    List<String> before = components(saved);
    List<String> now = components(present);
    List<String> different = new ArrayList<>();
    for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
      if (!before.get(i).equals(now.get(i))) {
        different.add(before.get(i) + ", now " + now.get(i));
      }
    }
    return before.size() == now.size() ? String.join("; ", different) : saved;
  }

  private static List<String> components(String text) {
    List<String> components = new ArrayList<>();
    int depth = 0;
    int start = text.indexOf('[') + 1;
    for (int i = start; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ',' && depth == 0) {
        components.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    components.add(text.substring(start, Math.max(start, text.length() - 1)).strip());
    return components;
  }
}
