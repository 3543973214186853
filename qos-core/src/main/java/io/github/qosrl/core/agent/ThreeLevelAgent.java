package io.github.qosrl.core.agent;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * High, medium or low rates by thresholds:
 *
 * <ul>
 *   <li>low, if the delay inflation exceeds 100 ms or loss exceeds 5 %;
 *   <li>at most medium, if the inflation exceeds 30 ms or loss exceeds 2 %;
 *   <li>else one level higher, once that has been so for a second.
 * </ul>
 *
 * <p>Without a delay the level stays, unless loss tells. It starts high.
 */
public final class ThreeLevelAgent implements Agent {

  /**
   * The rates of a direction.
   *
   * @param high for an uncongested link
   * @param medium for a slightly congested one
   * @param low for a congested one
   */
  public record Levels(BitRate high, BitRate medium, BitRate low) {
    /**
     * @throws IllegalArgumentException if the rates are not in order
     */
    public Levels {
      if (low.compareTo(medium) > 0 || medium.compareTo(high) > 0) {
        throw new IllegalArgumentException(
            "levels must be in order: high " + high + ", medium " + medium + ", low " + low);
      }
    }

    private BitRate at(int level) {
      return level == HIGH ? high : level == HIGH - 1 ? medium : low;
    }
  }

  private static final int HIGH = 2;
  private static final double BAD_DELAY = 0.1;
  private static final double POOR_DELAY = 0.03;
  private static final double BAD_LOSS = 0.05;
  private static final double POOR_LOSS = 0.02;
  private static final Duration DWELL = Duration.ofSeconds(1);

  private final Map<Direction, Levels> levels;
  private int level = HIGH;
  private @Nullable Instant goodSince;

  /** With the rates of each controlled direction. */
  public ThreeLevelAgent(Map<Direction, Levels> levels) {
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("no direction to control");
    }
    this.levels = new EnumMap<>(levels);
  }

  @Override
  public ShapingPlan act(Observation observation) {
    int advised = advised(observation);
    if (advised <= level) {
      level = advised;
      goodSince = null;
    } else if (goodSince == null) {
      goodSince = observation.time();
    } else if (Duration.between(goodSince, observation.time()).compareTo(DWELL) >= 0) {
      level++;
      goodSince = observation.time();
    }
    ShapingPlan plan = observation.plan();
    for (Map.Entry<Direction, Levels> direction : levels.entrySet()) {
      plan = plan.with(direction.getKey(), direction.getValue().at(level));
    }
    return plan;
  }

  private int advised(Observation observation) {
    double loss = observation.orElse(Metrics.LOSS, 0);
    double delay = observation.orElse(Metrics.DELAY_INFLATION, Double.NaN);
    if (delay > BAD_DELAY || loss > BAD_LOSS) {
      return 0;
    }
    if (delay > POOR_DELAY || loss > POOR_LOSS) {
      return 1;
    }
    return Double.isNaN(delay) ? level : HIGH;
  }

  @Override
  public void reset() {
    level = HIGH;
    goodSince = null;
  }
}
