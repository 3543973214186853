package io.github.qosrl.core.agent;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * An agent that sets the rate of each direction within a range, starting from the rate in force.
 */
abstract class RangedAgent implements Agent {
  private final Map<Direction, RateRange> ranges;
  private Set<Direction> directions = Set.of();

  RangedAgent(Map<Direction, RateRange> ranges) {
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("no direction to control");
    }
    this.ranges = Collections.unmodifiableMap(new EnumMap<>(ranges));
  }

  static Map<Direction, RateRange> both(RateRange range) {
    return Map.of(Direction.DOWNLOAD, range, Direction.UPLOAD, range);
  }

  /** What each controlled direction may be set to. */
  public Map<Direction, RateRange> ranges() {
    return ranges;
  }

  @Override
  public final ShapingPlan act(Observation observation) {
    if (directions.isEmpty()) {
      directions = controlled(observation.plan());
    }
    observe(observation);
    ShapingPlan plan = observation.plan();
    for (Direction direction : directions) {
      BitRate present = observation.plan().limit(direction).orElse(null);
      RateRange range = range(direction);
      double rate = present == null ? range.base().bitsPerSecond() : present.bitsPerSecond();
      BitRate next = range.clamp(decide(direction, observation, rate));
      if (!next.equals(present)) {
        plan = plan.with(direction, next);
      }
    }
    return plan;
  }

  /** The controlled directions that a plan limits; all controlled ones if it limits none. */
  private Set<Direction> controlled(ShapingPlan plan) {
    EnumSet<Direction> limited = EnumSet.copyOf(ranges.keySet());
    limited.removeIf(d -> !plan.limits(d));
    return limited.isEmpty() ? EnumSet.copyOf(ranges.keySet()) : limited;
  }

  final Set<Direction> directions() {
    return directions;
  }

  final RateRange range(Direction direction) {
    RateRange range = ranges.get(direction);
    if (range == null) {
      throw new IllegalStateException(direction + " is not controlled");
    }
    return range;
  }

  /** Takes in an observation, before the directions are decided on. */
  abstract void observe(Observation observation);

  /**
   * The next rate of a direction in bits per second; the caller clamps it.
   *
   * @param rate the rate in force, or the base rate while there is none
   */
  abstract double decide(Direction direction, Observation observation, double rate);

  @Override
  public void reset() {
    directions = Set.of();
  }
}
