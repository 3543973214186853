package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the exact commands that another shaper would run, and runs none. Thread-safe. */
final class DryRunShaper implements Shaper {
  private static final Logger LOG = LoggerFactory.getLogger("io.github.qosrl.linux.tc.dry-run");

  private final TcShaper shaper;
  private volatile ShapingPlan current = ShapingPlan.UNLIMITED;

  DryRunShaper(TcShaper shaper) {
    this.shaper = shaper;
  }

  @Override
  public void apply(ShapingPlan plan) throws ShaperException, InterruptedException {
    if (!plan.equals(current)) {
      for (String command : shaper.preview(plan)) {
        LOG.info("would run: {}", command);
      }
      current = plan;
    }
  }

  @Override
  public ShapingPlan current() {
    return current;
  }

  @Override
  public void close() throws ShaperException {
    current = ShapingPlan.UNLIMITED;
    shaper.close();
  }
}
