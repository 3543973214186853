package io.github.qosrl.core.policy;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.agent.ReceiveRateAgent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the heuristic {@link ReceiveRateAgent} would do at each tick of a link that somebody else
 * controls. Takes in an observation once, however often it is shown.
 */
final class Guide {
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
      proposal = agent.act(observation);
    }
  }

  /**
   * The limit that it would set now, in bit/s.
   *
   * @param absent what to return if it would set none
   */
  double rate(Direction direction, double absent) {
    return proposal
        .limit(direction)
        .map(BitRate::bitsPerSecond)
        .map(Long::doubleValue)
        .orElse(absent);
  }
}
