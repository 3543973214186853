package io.github.qosrl.core.agent;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;

/** Always the same plan. Thread-safe. */
public final class StaticAgent implements Agent {
  private final ShapingPlan plan;

  /** Proposes that plan at every tick. */
  public StaticAgent(ShapingPlan plan) {
    this.plan = plan;
  }

  @Override
  public ShapingPlan act(Observation observation) {
    return plan;
  }
}
