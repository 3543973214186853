package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;

/**
 * What our own shaper adds to the delay, where probes wait there behind everything else: a plain
 * FIFO. CAKE and fq_codel let them pass, and so does the least delay that shows while much waits.
 * Times in seconds.
 */
final class OwnDelay {
  /** So much must wait here for a delay to tell anything. */
  private static final double TELLING = 0.01;

  /** Ticks that speak for a FIFO beyond those that speak against it, each of which weighs more. */
  private static final int ENOUGH = 20;

  private static final int MOST = 60;
  private static final int WEIGHT_AGAINST = 4;

  private double before;
  private int evidence;

  /** The part of an inflation that is not our shaper's. */
  double without(double inflation, Observation observation) {
    double here = 0;
    for (Direction direction : Direction.values()) {
      here += waiting(observation, direction);
    }
    double least = Math.min(here, before);
    before = here;
    if (least > TELLING && !Double.isNaN(inflation)) {
      boolean passed = inflation < 0.5 * least;
      evidence = passed ? Math.max(0, evidence - WEIGHT_AGAINST) : Math.min(MOST, evidence + 1);
    }
    return evidence >= ENOUGH ? Math.max(0, inflation - here) : inflation;
  }

  private static double waiting(Observation observation, Direction direction) {
    double bits = 8 * observation.orElse(Metrics.backlog(direction), 0);
    return bits / observation.plan().rate(direction, Double.POSITIVE_INFINITY);
  }
}
