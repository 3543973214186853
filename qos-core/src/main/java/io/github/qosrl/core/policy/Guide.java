package io.github.qosrl.core.policy;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the heuristic {@link ReceiveRateAgent} would do at each tick of a link if its own proposals
 * were in force, while the limits that somebody else sets stay near them. Where they are far from
 * them, it goes on from the limits that are in force.
 *
 * <p>So whoever sets the limits to a factor of the proposals can never lead the heuristic away: the
 * factors of many ticks do not multiply. Takes in an observation once, however often it is shown.
 */
final class Guide {
  /** Limits within these factors of the proposals count as following them. */
  private static final double LEAST = 0.7;

  private static final double MOST = 1.3;

  private final ReceiveRateAgent agent = new ReceiveRateAgent();
  private @Nullable Instant time;
  private ShapingPlan proposal = ShapingPlan.UNLIMITED;

  void reset() {
    agent.reset();
    time = null;
    proposal = ShapingPlan.UNLIMITED;
  }

  void update(Observation observation) {
    if (!observation.time().equals(time)) {
      time = observation.time();
      ShapingPlan believed = believed(observation.plan());
      proposal =
          agent.act(
              new Observation(
                  observation.time(), observation.measurements(), believed, observation.state()));
    }
  }

  private ShapingPlan believed(ShapingPlan inForce) {
    ShapingPlan plan = inForce;
    for (Direction direction : Direction.values()) {
      Optional<BitRate> proposed = proposal.limit(direction);
      if (proposed.isPresent()) {
        double rate = inForce.rate(direction, Double.NaN);
        double ratio = rate / proposed.get().bitsPerSecond();
        if (ratio >= LEAST && ratio <= MOST) {
          plan = plan.with(direction, proposed.get());
        }
      }
    }
    return plan;
  }

  /**
   * The limit that it would set now, in bit/s.
   *
   * @param absent what to return if it would set none
   */
  double rate(Direction direction, double absent) {
    return proposal.rate(direction, absent);
  }

  /** How little the senders of a direction heed the drops of the shaper, 0 to 1. */
  double unheeded(Direction direction) {
    return agent.unheeded(direction);
  }
}
