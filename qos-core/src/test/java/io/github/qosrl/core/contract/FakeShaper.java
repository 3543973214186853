package io.github.qosrl.core.contract;

import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shaper that remembers what it was asked for, and fails when it is told to. */
public final class FakeShaper implements Shaper {
  private final List<ShapingPlan> applied = new ArrayList<>();
  private ShapingPlan current = ShapingPlan.UNLIMITED;
  private @Nullable String failure;
  private @Nullable String closeFailure;
  private int closes;

  /** Has every call to {@code apply} fail from now on. */
  public synchronized FakeShaper fail(String message) {
    failure = message;
    return this;
  }

  /** Has calls to {@code apply} succeed again. */
  public synchronized FakeShaper recover() {
    failure = null;
    return this;
  }

  /** Has the first close fail. */
  public synchronized FakeShaper failToClose(String message) {
    closeFailure = message;
    return this;
  }

  /** The plans put in force, oldest first; one that was in force already is not repeated. */
  public synchronized List<ShapingPlan> applied() {
    return List.copyOf(applied);
  }

  /** How often it was closed. */
  public synchronized int closes() {
    return closes;
  }

  @Override
  public synchronized void apply(ShapingPlan plan) throws ShaperException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (closes > 0) {
      throw new ShaperException("the shaper is closed; make another");
    }
    if (failure != null) {
      throw new ShaperException(failure);
    }
    if (!plan.equals(current)) {
      applied.add(plan);
      current = plan;
    }
  }

  @Override
  public synchronized ShapingPlan current() {
    return current;
  }

  @Override
  public synchronized void close() throws ShaperException {
    closes++;
    current = ShapingPlan.UNLIMITED;
    String message = closeFailure;
    closeFailure = null;
    if (message != null) {
      throw new ShaperException(message);
    }
  }
}
