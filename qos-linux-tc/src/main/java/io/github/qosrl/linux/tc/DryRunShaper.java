package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the exact commands that another shaper would run, and runs none. What the providers here
 * make where the setting {@code dry-run} is on. Thread-safe.
 */
public final class DryRunShaper implements Shaper {
  private static final Logger LOG = LoggerFactory.getLogger(DryRunShaper.class);

  private final TcShaper shaper;
  private volatile ShapingPlan current = ShapingPlan.UNLIMITED;
  private volatile List<String> commands = List.of();

  DryRunShaper(TcShaper shaper) {
    this.shaper = shaper;
  }

  /** Finds out, and logs, what it would take to put the plan in force from nothing. */
  @Override
  public void apply(ShapingPlan plan) throws ShaperException, InterruptedException {
    if (!plan.equals(current)) {
      commands = List.copyOf(shaper.preview(plan));
      commands.forEach(command -> LOG.info("would run: {}", command));
      current = plan;
    }
  }

  /** What would have run for the last plan, in order; each is a line for a shell. */
  public List<String> commands() {
    return commands;
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
