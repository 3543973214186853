package io.github.qosrl.linux.tc;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A named part of a direction's traffic, with a guaranteed part of its limit.
 *
 * @param name lower-case letters, digits, dashes
 * @param share the guaranteed part of the direction's limit, in (0, 1]; a plan may set another
 * @param ceiling the part that it may use while others leave it idle, from its share to 1
 * @param priority who gets idle bandwidth first, 0 (first) to 7 (HTB's {@code prio})
 * @param matches which packets belong to it; a packet that several classes match belongs to the
 *     first of them
 */
public record TrafficClass(
    String name, double share, double ceiling, int priority, List<Match> matches) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public TrafficClass {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a class name: lower-case letters, digits and dashes");
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share of class '" + name + "' is " + share + "; accepted: (0, 1]");
    }
    if (!(ceiling >= share && ceiling <= 1)) {
      throw new IllegalArgumentException(
          "ceiling of class '%s' is %s; accepted: from its share, %s, to 1"
              .formatted(name, ceiling, share));
    }
    if (priority < 0 || priority > 7) {
      throw new IllegalArgumentException(
          "priority of class '" + name + "' is " + priority + "; accepted: 0 to 7");
    }
    matches = List.copyOf(matches);
  }
}
