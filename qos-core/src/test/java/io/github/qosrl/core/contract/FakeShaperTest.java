package io.github.qosrl.core.contract;

import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShapingPlan;

class FakeShaperTest extends ShaperContract {
  private FakeShaper last = new FakeShaper();

  @Override
  protected Shaper shaper() {
    last = new FakeShaper();
    return last;
  }

  @Override
  protected ShapingPlan link() {
    return last.current();
  }
}
