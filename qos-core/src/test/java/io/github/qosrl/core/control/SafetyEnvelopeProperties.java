package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.ShapingPlan;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class SafetyEnvelopeProperties {

  @Property
  void whateverIsProposedTheAdmittedPlanIsWithinTheEnvelope(
      @ForAll("plans") ShapingPlan proposed,
      @ForAll("plans") ShapingPlan inForce,
      @ForAll("rates") BitRate one,
      @ForAll("rates") BitRate other,
      @ForAll @DoubleRange(min = 1, max = 20) double increase,
      @ForAll @DoubleRange(min = 0, max = 1) double decrease) {
    BitRate floor = one.compareTo(other) < 0 ? one : other;
    BitRate ceiling = one.compareTo(other) < 0 ? other : one;
    SafetyEnvelope envelope =
        SafetyEnvelope.builder()
            .floor(floor)
            .ceiling(ceiling)
            .largestIncrease(increase)
            .largestDecrease(decrease)
            .build();
    ShapingPlan admitted = envelope.admit(proposed, inForce);
    for (Direction d : Direction.values()) {
      BitRate limit = admitted.limit(d).orElseThrow();
      assertTrue(limit.compareTo(floor) >= 0 && limit.compareTo(ceiling) <= 0, "" + limit);
      BitRate before = inForce.limit(d).orElse(limit);
      if (before.equals(before.clamp(floor, ceiling))) {
        double ratio = (double) limit.bitsPerSecond() / before.bitsPerSecond();
        assertTrue(ratio <= increase * (1 + 1e-12), "grew by " + ratio);
        assertTrue(ratio >= decrease * (1 - 1e-12), "shrank to " + ratio);
      }
    }
  }

  @Property
  void admittingTwiceChangesNothing(
      @ForAll("plans") ShapingPlan proposed, @ForAll("plans") ShapingPlan inForce) {
    SafetyEnvelope envelope = SafetyEnvelope.standard();
    ShapingPlan admitted = envelope.admit(proposed, inForce);
    assertTrue(envelope.admit(admitted, inForce).equals(admitted));
  }

  @Provide
  Arbitrary<BitRate> rates() {
    return Arbitraries.longs().between(1, BitRate.MAX_BITS_PER_SECOND).map(BitRate::new);
  }

  @Provide
  Arbitrary<ShapingPlan> plans() {
    return Combinators.combine(rates().optional(), rates().optional())
        .as(
            (download, upload) -> {
              ShapingPlan plan = ShapingPlan.UNLIMITED;
              plan = download.isPresent() ? plan.with(Direction.DOWNLOAD, download.get()) : plan;
              return upload.isPresent() ? plan.with(Direction.UPLOAD, upload.get()) : plan;
            });
  }
}
