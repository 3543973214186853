package io.github.qosrl.core.agent;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.spi.Settings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads rates from settings: {@code min}, {@code base} and {@code max} for both directions, {@code
 * download.min} and so on for one, and {@code directions}.
 */
final class RateSettings {
  private RateSettings() {}

  /** The directions to control: both, unless {@code directions} names fewer. */
  static Set<Direction> directions(Settings settings) {
    EnumSet<Direction> directions = EnumSet.noneOf(Direction.class);
    boolean good = true;
    for (String name : settings.list("directions", List.of("download", "upload"))) {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "download" -> directions.add(Direction.DOWNLOAD);
        case "upload" -> directions.add(Direction.UPLOAD);
        default -> good = false;
      }
    }
    settings.require(good && !directions.isEmpty(), "directions", "download, upload or both");
    return directions.isEmpty() ? EnumSet.allOf(Direction.class) : directions;
  }

  /** The range of each direction; what is not set comes from the defaults, made to fit. */
  static Map<Direction, RateRange> ranges(Settings settings, Map<Direction, RateRange> defaults) {
    Map<Direction, RateRange> ranges = new EnumMap<>(Direction.class);
    Set<Direction> directions = directions(settings);
    defaults.forEach(
        (direction, range) -> {
          RateRange read = range(settings, direction, range);
          if (directions.contains(direction)) {
            ranges.put(direction, read);
          }
        });
    return ranges;
  }

  private static RateRange range(Settings settings, Direction direction, RateRange defaults) {
    BitRate min = rate(settings, direction, "min", defaults.min());
    BitRate max = rate(settings, direction, "max", defaults.max());
    if (!isSet(settings, direction, "max") && max.compareTo(min) < 0) {
      max = min;
    }
    if (!isSet(settings, direction, "min") && min.compareTo(max) > 0) {
      min = max;
    }
    String key = direction.label() + ".min";
    boolean ordered = min.compareTo(max) <= 0;
    settings.require(ordered, settings.has(key) ? key : "min", "at most max, " + max);
    if (!ordered) {
      return defaults;
    }
    BitRate base = rate(settings, direction, "base", defaults.base().clamp(min, max));
    boolean within = base.equals(base.clamp(min, max));
    key = direction.label() + ".base";
    settings.require(within, settings.has(key) ? key : "base", min + " to " + max);
    return new RateRange(min, base.clamp(min, max), max);
  }

  /** A rate that may be set for one direction, or for both. */
  static BitRate rate(Settings settings, Direction direction, String key, BitRate absent) {
    BitRate both = settings.bitRate(key, absent);
    return settings.bitRate(direction.label() + "." + key, both);
  }

  private static boolean isSet(Settings settings, Direction direction, String key) {
    return settings.has(key) | settings.has(direction.label() + "." + key);
  }
}
