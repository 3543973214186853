package io.github.qosrl.core.reward;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.ShapingPlan;

/**
 * Throughput against delay, as a utility in the manner of network utility maximisation (Kelly,
 * Maulloo, Tan 1998: log throughput is proportional fairness), for each direction:
 *
 * <pre>
 *   log(achieved / available) − λ · inflation − μ · loss − ν · |log(rate / rate before)|
 * </pre>
 *
 * <ul>
 *   <li><b>achieved</b> is {@link Metrics#THROUGHPUT}; <b>available</b> is {@link
 *       Metrics#AVAILABLE_BANDWIDTH}, or a reference rate where no test tells, a constant that
 *       shifts the reward but not which action is best. The term lies within [{@value #WORST_LOG},
 *       0].
 *   <li><b>No blame while the application is the limit</b>: if the direction's shaper is not
 *       binding (throughput below {@value #BINDING} of its rate, no backlog, no drops) and the link
 *       is not congested (inflation below {@value #UNCONGESTED} s), the term is 0.
 *   <li><b>inflation</b> is {@link Metrics#DELAY_INFLATION}, <b>loss</b> {@link Metrics#LOSS}; the
 *       inflation's cost is at most {@value #WORST_DELAY_COST}, so that one outage does not
 *       outweigh everything else.
 *   <li><b>rate</b> is the direction's limit in the plan, before and after.
 * </ul>
 *
 * <p>A term whose metrics are absent is 0.
 *
 * @param delayCost λ, per second
 * @param lossCost μ
 * @param changeCost ν
 * @param reference what could be had where nothing tells
 */
public record UtilityReward(double delayCost, double lossCost, double changeCost, BitRate reference)
    implements Reward {
  static final double WORST_LOG = -5;
  static final double WORST_DELAY_COST = 5;
  static final double BINDING = 0.75;
  static final double UNCONGESTED = 0.01;

  /**
   * @throws IllegalArgumentException if a cost is negative or not finite
   */
  public UtilityReward {
    for (double cost : new double[] {delayCost, lossCost, changeCost}) {
      if (!(cost >= 0 && cost < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "cost " + cost + " is not a finite number of at least 0");
      }
    }
  }

  /** λ = 10/s (10 ms cost as much as a tenth of the rate), μ = 2, ν = 0.02, 100 Mbit/s. */
  public static UtilityReward standard() {
    return new UtilityReward(10, 2, 0.02, BitRate.ofMegabits(100));
  }

  @Override
  public double of(Direction direction, Observation before, ShapingPlan action, Observation after) {
    double inflation = after.orElse(Metrics.DELAY_INFLATION, 0);
    return throughputTerm(direction, action, after, inflation)
        - Math.min(WORST_DELAY_COST, delayCost * Math.max(0, inflation))
        - lossCost * after.orElse(Metrics.LOSS, 0)
        - changeCost * change(direction, before, action);
  }

  private double throughputTerm(
      Direction direction, ShapingPlan action, Observation after, double inflation) {
    double achieved = after.orElse(Metrics.throughput(direction), Double.NaN);
    if (Double.isNaN(achieved)
        || (inflation < UNCONGESTED && !binding(direction, action, after, achieved))) {
      return 0;
    }
    double available =
        after.orElse(RateMetrics.available(direction), (double) reference.bitsPerSecond());
    return Math.max(WORST_LOG, Math.min(0, Math.log(achieved / available)));
  }

  /** Whether the shaper, and not the application, limits the direction. */
  private static boolean binding(
      Direction direction, ShapingPlan action, Observation after, double achieved) {
    double rate = rate(direction, action);
    return achieved >= BINDING * rate
        || after.orElse(Metrics.backlog(direction), 0) > 0
        || after.orElse(Metrics.drops(direction), 0) > 0;
  }

  private static double change(Direction direction, Observation before, ShapingPlan action) {
    double change = Math.abs(Math.log(rate(direction, action) / rate(direction, before.plan())));
    return Double.isFinite(change) ? change : 0;
  }

  /** Infinite if the plan does not limit the direction. */
  private static double rate(Direction direction, ShapingPlan plan) {
    return plan.rate(direction, Double.POSITIVE_INFINITY);
  }
}
