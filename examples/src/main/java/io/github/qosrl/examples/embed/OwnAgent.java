package io.github.qosrl.examples.embed;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.SimulatedLink;

/** An agent of one's own, tried in a simulated link: additive increase, multiplicative decrease. */
public final class OwnAgent implements Agent {
  private static final double TOO_LONG_SECONDS = 0.03;

  @Override
  public ShapingPlan act(Observation seen) {
    boolean congested = seen.orElse(Metrics.DELAY_INFLATION, 0) > TOO_LONG_SECONDS;
    ShapingPlan plan = seen.plan();
    for (Direction direction : Direction.values()) {
      BitRate rate = plan.limit(direction).orElse(BitRate.ofMegabits(10));
      double next = congested ? rate.bitsPerSecond() * 0.8 : rate.bitsPerSecond() + 200_000;
      plan = plan.with(direction, BitRate.ofBitsPerSecond(Math.max(1e6, next)));
    }
    return plan;
  }

  /** Plays an LTE link of a minute, and prints how well it was used. */
  public static void main(String[] args) throws InterruptedException {
    OwnAgent agent = new OwnAgent();
    try (SimulatedLink link = new SimulatedLink(Scenarios.named("lte"))) {
      Observation seen = link.reset(1);
      boolean done = false;
      while (!done) {
        Step step = link.step(agent.act(seen));
        seen = step.observation();
        done = step.done();
      }
      System.out.println(link.score());
    }
  }
}
