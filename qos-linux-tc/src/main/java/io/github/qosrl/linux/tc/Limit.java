package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.ShapingPlan;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan says of one direction.
 *
 * @param rate the direction's limit
 * @param shares the part of it guaranteed to each traffic class; empty for the configured parts
 */
record Limit(BitRate rate, Map<String, Double> shares) {

  /** The least that the kernel can count: one byte a second. */
  private static final BitRate LEAST = BitRate.ofBitsPerSecond(8);

  Limit {
    shares = Map.copyOf(shares);
    if (rate.compareTo(LEAST) < 0) {
      rate = LEAST;
    }
  }

  static Limit of(BitRate rate) {
    return new Limit(rate, Map.of());
  }

  static Optional<Limit> of(ShapingPlan plan, Direction direction) {
    return plan.limit(direction).map(rate -> new Limit(rate, plan.shares(direction)));
  }
}
