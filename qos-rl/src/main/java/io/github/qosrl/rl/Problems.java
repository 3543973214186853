package io.github.qosrl.rl;

import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes of a configuration, so that all are told at once. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  /** Notes a mistake unless the condition holds. */
  void unless(boolean condition, String given, String accepted) {
    if (!condition) {
      found.add(given + " is not accepted; accepted: " + accepted);
    }
  }

  /** Notes a mistake unless the schedule stays within 0 to 1. */
  void unlessRatio(String name, Schedule s) {
    boolean within = Math.min(s.from(), s.to()) >= 0 && Math.max(s.from(), s.to()) <= 1;
    unless(within, name + " = " + s.from() + " to " + s.to(), "0 to 1");
  }

  /**
   * @throws IllegalArgumentException if a mistake was noted
   */
  void check(String what) {
    if (found.size() == 1) {
      throw new IllegalArgumentException(what + ": " + found.get(0));
    }
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(
          what + " has " + found.size() + " mistakes:\n  - " + String.join("\n  - ", found));
    }
  }
}
