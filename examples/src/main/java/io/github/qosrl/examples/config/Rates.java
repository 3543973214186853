package io.github.qosrl.examples.config;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a direction's limit keeps to.
 *
 * @param min the floor
 * @param max the ceiling, if there is one
 * @param start the first limit
 */
public record Rates(BitRate min, Optional<BitRate> max, BitRate start) {
  private static final BitRate DEFAULT_MIN = BitRate.ofMegabits(1);
  private static final BitRate DEFAULT_START = BitRate.ofMegabits(20);
  private static final BitRate NO_CEILING = BitRate.ofMegabits(10_000);
  private static final Set<String> RANGED =
      Set.of("autorate", "receive-rate", "receive-rate-plain");
  private static final String ACCEPTED =
      "a rate such as 20mbit, or two as DOWNLOAD/UPLOAD, such as 50mbit/10mbit";

  /** Reads {@code min}, {@code max} and {@code start}: one rate for both directions, or two. */
  static Map<Direction, Rates> read(Settings s) {
    return Map.of(
        Direction.DOWNLOAD,
        read(s, Direction.DOWNLOAD),
        Direction.UPLOAD,
        read(s, Direction.UPLOAD));
  }

  private static Rates read(Settings s, Direction direction) {
    BitRate min = rate(s, "min", direction).orElse(DEFAULT_MIN);
    Optional<BitRate> max = rate(s, "max", direction);
    boolean ordered = max.isEmpty() || min.compareTo(max.get()) <= 0;
    if (!ordered) {
      s.problem(
          "max",
          "is %s for the %s, below 'min', which is %s"
              .formatted(max.get(), direction.label(), min));
      return new Rates(min, Optional.empty(), min);
    }
    BitRate start =
        rate(s, "start", direction)
            .orElse(max.orElse(min.compareTo(DEFAULT_START) > 0 ? min : DEFAULT_START));
    if (start.compareTo(min) < 0 || max.isPresent() && start.compareTo(max.get()) > 0) {
      s.problem(
          "start",
          "is %s for the %s; accepted: %s to %s"
              .formatted(start, direction.label(), min, max.map(BitRate::toString).orElse("…")));
    }
    return new Rates(min, max, start);
  }

  /** The agent's settings with these, as far as it knows them and says nothing of its own. */
  Part appliedTo(Part agent, Direction direction) {
    String label = direction.label();
    if (agent.id().equals("static")) {
      return agent.withDefault(label, start.toString());
    }
    if (!RANGED.contains(agent.id())) {
      return agent;
    }
    return agent
        .withDefault(label + ".base", start.toString())
        .withDefault(label + ".min", min.toString())
        .withDefault(label + ".max", max.orElse(NO_CEILING).toString());
  }

  private static Optional<BitRate> rate(Settings s, String key, Direction direction) {
    Optional<String> text = s.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] two = text.get().split("/", -1);
    String one = two[direction == Direction.DOWNLOAD ? 0 : two.length - 1];
    try {
      if (two.length <= 2) {
        return Optional.of(BitRate.parse(one));
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message.
    }
    if (direction == Direction.DOWNLOAD) {
      s.require(false, key, ACCEPTED);
    }
    return Optional.empty();
  }
}
