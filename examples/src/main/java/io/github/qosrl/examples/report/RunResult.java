package io.github.qosrl.examples.report;

import io.github.qosrl.core.Direction;
import java.util.List;

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
    double passed = 0;
    double possible = 0;
    double last = 0;
    for (Moment moment : moments) {
      if (moment.seconds() > 0) {
        double dt = moment.seconds() - last;
        passed += moment.flow(direction).throughput() * dt;
        possible += moment.flow(direction).capacity() * dt;
        last = moment.seconds();
      }
    }
    return possible > 0 ? passed / possible : Double.NaN;
  }

  /** Mean of what passed while it was measured, in bit/s. */
  public double throughput(Direction direction) {
    return moments.stream()
        .filter(m -> m.seconds() > 0)
        .mapToDouble(m -> m.flow(direction).throughput())
        .average()
        .orElse(Double.NaN);
  }
}
