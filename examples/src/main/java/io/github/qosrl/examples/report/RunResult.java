package io.github.qosrl.examples.report;

import io.github.qosrl.core.Direction;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one agent made of one scenario.
 *
 * @param agent its name in tables and files
 * @param scenario the scenario's name
 * @param seed the scenario's seed
 * @param moments the course of the run, in order of time
 * @param inflation round-trip time in excess of the idle path's
 * @param loss part of the delay probe's packets that were lost, 0 to 1
 */
public record RunResult(
    String agent,
    String scenario,
    long seed,
    List<Moment> moments,
    DelaySummary inflation,
    double loss) {

  /** Copies the list. */
  public RunResult {
    moments = List.copyOf(moments);
  }

  /** What passed over what could have passed while it was measured, 0 to 1; NaN if unknown. */
  public double utilisation(Direction direction) {
    double possible = integral(direction, Moment.Flow::capacity);
    return possible > 0 ? integral(direction, Moment.Flow::throughput) / possible : Double.NaN;
  }

  /** Mean of what passed while it was measured, in bit/s. */
  public double throughput(Direction direction) {
    double seconds = integral(direction, flow -> 1);
    return seconds > 0 ? integral(direction, Moment.Flow::throughput) / seconds : Double.NaN;
  }

  /** Over the time that was measured: a moment holds from the one before it. */
  private double integral(Direction direction, ToDoubleFunction<Moment.Flow> rate) {
    double sum = 0;
    double last = 0;
    for (Moment moment : moments) {
      if (moment.seconds() > 0) {
        sum += rate.applyAsDouble(moment.flow(direction)) * (moment.seconds() - last);
        last = moment.seconds();
      }
    }
    return sum;
  }
}
