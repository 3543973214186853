package io.github.qosrl.examples.embed;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShapingPlan;

/** A shaper of one's own: it tells a device that has no tc, here the standard output. */
public final class OwnShaper implements Shaper {
  private ShapingPlan current = ShapingPlan.UNLIMITED;

  @Override
  public void apply(ShapingPlan plan) {
    if (!plan.equals(current)) {
      System.out.println("set the device to " + plan);
      current = plan;
    }
  }

  @Override
  public ShapingPlan current() {
    return current;
  }

  @Override
  public void close() {
    apply(ShapingPlan.UNLIMITED);
  }

  /** Applies two plans, and takes them back. */
  public static void main(String[] args) {
    try (OwnShaper shaper = new OwnShaper()) {
      shaper.apply(ShapingPlan.of(BitRate.ofMegabits(20), BitRate.ofMegabits(5)));
      shaper.apply(ShapingPlan.of(BitRate.ofMegabits(10), BitRate.ofMegabits(5)));
    }
  }
}
