package io.github.qosrl.core.policy;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a trained policy. It does not learn, and needs no ND4J.
 *
 * <p>It limits the directions that the plan of an episode's first observation limits; both, if that
 * plan limits none. An encoder or action set that keeps history makes it one agent for one link.
 */
public final class PolicyAgent implements Agent {
  private final Policy policy;
  private final float[] features;
  private Set<Direction> directions = Set.of();

  /** Takes a {@linkplain Policy#fresh fresh} copy of the policy. */
  public PolicyAgent(Policy policy) {
    this.policy = policy.fresh();
    this.features = new float[policy.encoder().size()];
  }

  /** The policy that it runs. */
  public Policy policy() {
    return policy;
  }

  @Override
  public ShapingPlan act(Observation observation) {
    if (directions.isEmpty()) {
      directions = limited(observation.plan());
    }
    ShapingPlan plan = observation.plan();
    for (Direction direction : directions) {
      policy.encoder().encode(observation, direction, features);
      int action = policy.network().decide(features);
      plan = plan.with(direction, policy.actions().apply(action, observation, direction));
    }
    return plan;
  }

  @Override
  public Optional<Duration> preferredInterval() {
    return policy.interval();
  }

  private static Set<Direction> limited(ShapingPlan plan) {
    Set<Direction> limited = EnumSet.noneOf(Direction.class);
    for (Direction direction : Direction.values()) {
      if (plan.limits(direction)) {
        limited.add(direction);
      }
    }
    return limited.isEmpty() ? EnumSet.allOf(Direction.class) : limited;
  }

  @Override
  public void reset() {
    policy.encoder().reset();
    policy.actions().reset();
    directions = Set.of();
  }
}
