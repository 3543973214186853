package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import java.util.SplittableRandom;

/** Another capacity kept within bounds, as a subscribed rate keeps it. */
record BoundedCapacity(CapacityProcess whole, BitRate floor, BitRate ceiling)
    implements CapacityProcess {

  BoundedCapacity {
    if (floor.compareTo(ceiling) > 0) {
      throw new IllegalArgumentException("floor " + floor + " is above ceiling " + ceiling);
    }
  }

  @Override
  public BitRate mean() {
    return whole.mean().clamp(floor, ceiling);
  }

  @Override
  public Realization begin(SplittableRandom random) {
    Realization inner = whole.begin(random);
    double low = floor.bytesPerSecond();
    double high = ceiling.bytesPerSecond();
    return seconds -> Math.max(low * seconds, Math.min(high * seconds, inner.advance(seconds)));
  }
}
