package io.github.qosrl.core.control;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a plan in force on a link that may vanish and come back. The first plan must succeed: if it
 * does not, the link was never under control, and somebody should be told. After that a failure is
 * held out: the newest plan is tried again every {@link #RETRY}.
 */
final class Enforcement {
  static final Duration RETRY = Duration.ofSeconds(1);

  private final Shaper shaper;
  private final MonotonicClock clock;
  private boolean established;
  private @Nullable Instant retryAt;

  Enforcement(Shaper shaper, MonotonicClock clock) {
    this.shaper = shaper;
    this.clock = clock;
  }

  /** The plan in force, as far as it is known. */
  ShapingPlan current() {
    return shaper.current();
  }

  void apply(ShapingPlan plan, Consumer<LoopEvent> events)
      throws ShaperException, InterruptedException {
    Instant now = clock.now();
    if (retryAt != null && now.isBefore(retryAt)) {
      return;
    }
    try {
      shaper.apply(plan);
    } catch (ShaperException e) {
      if (!established) {
        throw e;
      }
      if (retryAt == null) {
        events.accept(failure(now, e));
      }
      retryAt = now.plus(RETRY);
      return;
    }
    established |= !plan.equals(ShapingPlan.UNLIMITED);
    if (retryAt != null) {
      retryAt = null;
      events.accept(
          new LoopEvent(now, LoopEvent.Kind.LINK_RESTORED, "the plan is in force again: " + plan));
    }
  }

  private LoopEvent failure(Instant now, ShaperException e) {
    ShapingPlan left = shaper.current();
    boolean lost = left.equals(ShapingPlan.UNLIMITED);
    return new LoopEvent(
        now,
        lost ? LoopEvent.Kind.LINK_LOST : LoopEvent.Kind.SHAPER_FAILED,
        "%s; %s; trying again every %d s"
            .formatted(
                e.getMessage(),
                lost ? "nothing is in force" : "holding " + left,
                RETRY.toSeconds()));
  }
}
