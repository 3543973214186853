package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafetyEnvelopeTest {
  private final SafetyEnvelope envelope =
      SafetyEnvelope.builder()
          .floor(BitRate.ofMegabits(1))
          .ceiling(Direction.DOWNLOAD, BitRate.ofMegabits(100))
          .largestIncrease(1.5)
          .largestDecrease(0.5)
          .build();

  @Test
  void keepsToFloorCeilingAndLargestChange() {
    ShapingPlan inForce = plan(40, 1.5);
    assertEquals(plan(60, 1), envelope.admit(plan(500, 0.1), inForce));
    assertEquals(plan(20, 2.25), envelope.admit(plan(1, 500), inForce));
    assertEquals(plan(50, 2), envelope.admit(plan(50, 2), inForce));
    assertEquals(plan(100, 2), envelope.admit(plan(300, 2), plan(90, 2)));
  }

  @Test
  void firstLimitIsBoundByFloorAndCeilingAlone() {
    assertEquals(plan(100, 1), envelope.admit(plan(500, 0.1), ShapingPlan.UNLIMITED));
  }

  @Test
  void floorAndCeilingWinOverTheLargestChange() {
    assertEquals(plan(100, 1), envelope.admit(plan(900, 0.001), plan(900, 0.001)));
  }

  @Test
  void directionLeftOutKeepsItsLimit() {
    ShapingPlan inForce = plan(40, 4);
    assertEquals(inForce, envelope.admit(ShapingPlan.UNLIMITED, inForce));
  }

  @Test
  void directionThatNothingLimitsGetsItsCeilingIfThereIsOne() {
    ShapingPlan admitted = envelope.admit(ShapingPlan.UNLIMITED, ShapingPlan.UNLIMITED);
    assertEquals(ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(100)), admitted);
  }

  @Test
  void sharesArePassedOn() {
    ShapingPlan proposed =
        plan(40, 2).withShares(Direction.UPLOAD, Map.of("voice", 0.3, "rest", 0.7));
    ShapingPlan admitted = envelope.admit(proposed, plan(10, 2));
    assertEquals(proposed.shares(Direction.UPLOAD), admitted.shares(Direction.UPLOAD));
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    SafetyEnvelope.Builder builder =
        SafetyEnvelope.builder()
            .floor(BitRate.ofMegabits(10))
            .ceiling(BitRate.ofMegabits(5))
            .largestIncrease(0.5)
            .largestDecrease(Double.NaN)
            .staleAfter(Duration.ZERO)
            .trustAfter(Duration.ofSeconds(-1));
    String message = assertThrows(IllegalArgumentException.class, builder::build).toString();
    for (String part :
        new String[] {
          "download's floor 10mbit is above its ceiling 5mbit",
          "upload's floor",
          "largest increase 0.5",
          "largest decrease NaN",
          "stale after",
          "trust after"
        }) {
      assertTrue(message.contains(part), message);
    }
  }

  private static ShapingPlan plan(double download, double upload) {
    return ShapingPlan.of(BitRate.ofMegabits(download), BitRate.ofMegabits(upload));
  }
}
