package io.github.qosrl.core.agent;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.agent.ThreeLevelAgent.Levels;
import io.github.qosrl.core.spi.AgentProvider;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes {@link ThreeLevelAgent}s, under the name {@code three-level}, from {@code high}, {@code
 * medium} and {@code low}, or {@code download.high} and so on for one direction.
 */
public final class ThreeLevelAgentProvider implements AgentProvider {
  private static final BitRate HIGH = BitRate.ofMegabits(20);

  @Override
  public String id() {
    return "three-level";
  }

  @Override
  public String description() {
    return "high, medium or low rates by thresholds of delay and loss";
  }

  @Override
  public Agent create(Settings settings) throws ConfigurationException {
    Map<Direction, Levels> levels = new EnumMap<>(Direction.class);
    Set<Direction> directions = RateSettings.directions(settings);
    for (Direction direction : Direction.values()) {
      BitRate high = RateSettings.rate(settings, direction, "high", HIGH);
      BitRate medium = RateSettings.rate(settings, direction, "medium", high.times(0.5));
      BitRate low = RateSettings.rate(settings, direction, "low", medium.times(0.5));
      boolean ordered = low.compareTo(medium) <= 0 && medium.compareTo(high) <= 0;
      if (!ordered) {
        settings.problem(
            "medium",
            "and the other levels of the %s are not in order: high %s, medium %s, low %s"
                .formatted(direction.label(), high, medium, low));
      } else if (directions.contains(direction)) {
        levels.put(direction, new Levels(high, medium, low));
      }
    }
    settings.check();
    return new ThreeLevelAgent(levels);
  }
}
