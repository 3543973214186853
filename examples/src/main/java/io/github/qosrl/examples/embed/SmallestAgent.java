package io.github.qosrl.examples.embed;

import static io.github.qosrl.core.Direction.UPLOAD;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.control.ControlLoop;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.SimulatedLink;

/** The smallest agent there is: a lambda. */
public final class SmallestAgent {
  private SmallestAgent() {}

  /** Runs it in a simulated link for a hundred ticks, and prints how well that was used. */
  public static void main(String[] args) throws Exception {
    try (SimulatedLink link = new SimulatedLink(Scenarios.named("upload"))) {
      loop(link).run();
      System.out.println(link.score());
    }
  }

  private static ControlLoop loop(Environment environment) {
    return ControlLoop.builder(
            environment, observation -> ShapingPlan.of(UPLOAD, BitRate.ofMegabits(5)))
        .maxTicks(100)
        .build();
  }
}
