package io.github.qosrl.core.reward;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.ShapingPlan;

/**
 * The plain reward of three levels: +1 if the delay improves and loss is below 2 %, −1 if the delay
 * worsens or loss is above 5 %, else 0.
 *
 * <p>The delay is {@link Metrics#RTT_MEAN}, or baseline plus inflation where that is absent. It
 * <em>improves</em> if it falls by more than the larger of an absolute tolerance (seconds) and a
 * relative one (part of the delay before), and worsens if it rises by more than that. Loss is the
 * larger of {@link Metrics#LOSS} and the direction's {@link Metrics#TEST_LOSS}.
 *
 * <p>What is absent argues for nothing: without a delay before and after there is neither
 * improvement nor worsening, without a loss there is none. Probes that all went unanswered are a
 * loss of 1, hence −1.
 *
 * @param tolerance seconds, at least 0
 * @param relativeTolerance part of the delay before, at least 0
 * @param lowLoss loss below which an improvement counts, 0 to 1
 * @param highLoss loss above which all is bad, {@code lowLoss} to 1
 */
public record ThreeLevelReward(
    double tolerance, double relativeTolerance, double lowLoss, double highLoss) implements Reward {

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public ThreeLevelReward {
    if (!(tolerance >= 0 && relativeTolerance >= 0)) {
      throw new IllegalArgumentException(
          "tolerances " + tolerance + " s and " + relativeTolerance + " must be at least 0");
    }
    if (!(lowLoss >= 0 && lowLoss <= highLoss && highLoss <= 1)) {
      throw new IllegalArgumentException(
          "losses " + lowLoss + " and " + highLoss + " must be in order within 0 to 1");
    }
  }

  /** Tolerates 1 ms or 5 %; loss limits 2 % and 5 %. */
  public static ThreeLevelReward standard() {
    return new ThreeLevelReward(0.001, 0.05, 0.02, 0.05);
  }

  @Override
  public double of(Direction direction, Observation before, ShapingPlan action, Observation after) {
    double was = delay(before);
    double change = delay(after) - was;
    double tolerated = Math.max(tolerance, relativeTolerance * was);
    double loss =
        Math.max(after.orElse(Metrics.LOSS, 0), after.orElse(RateMetrics.testLoss(direction), 0));
    if (change > tolerated || loss > highLoss) {
      return -1;
    }
    return change < -tolerated && loss < lowLoss ? 1 : 0;
  }

  private static double delay(Observation seen) {
    double excess = seen.orElse(Metrics.DELAY_INFLATION, Double.NaN);
    double composed = seen.orElse(Metrics.BASELINE_DELAY, Double.NaN) + excess;
    return seen.orElse(Metrics.RTT_MEAN, composed);
  }
}
