package io.github.qosrl.core.control;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The limits while nothing tells of the link's queue: never raised, and after some seconds a little
 * below the capacity that was last seen, so that a queue that nobody sees drains and none forms
 * unless the capacity falls further.
 */
final class BlindLimit {
  /** A signal that is gone for less may have been lost with the packets of one handover. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Part of the last known capacity. Steady links keep it; of others it is a guess. */
  private static final double SAFE = 0.8;

  private @Nullable Instant since;

  /** The signal is there again. */
  void reset() {
    since = null;
  }

  /**
   * What may be put in force at a tick without a signal.
   *
   * @param wanted by whoever decides meanwhile
   */
  ShapingPlan admit(Observation observation, ShapingPlan wanted) {
    if (since == null) {
      since = observation.time();
    }
    boolean late = Duration.between(since, observation.time()).compareTo(PATIENCE) > 0;
    ShapingPlan plan = wanted;
    for (Direction direction : Direction.values()) {
      if (wanted.limits(direction) && observation.plan().limits(direction)) {
        double most = observation.plan().rate(direction, Double.POSITIVE_INFINITY);
        Estimate capacity = observation.state().of(direction).capacity();
        boolean known = capacity.source() != Estimate.Source.NONE && capacity.certainty() > 0;
        double safe = late && known ? Math.min(most, SAFE * capacity.value()) : most;
        if (wanted.rate(direction, 0) > safe) {
          plan = plan.with(direction, BitRate.ofBitsPerSecond(safe));
        }
      }
    }
    return plan;
  }
}
