package io.github.qosrl.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionSetTest {
  private static final Observation CALM = TestPolicies.observation(50, 20, 15, 0.001);

  private static final Observation BUSY = TestPolicies.observation(50, 30, 25, 0.001);

  @Test
  void levelsAreThoseOfTheDirection() {
    LevelActions levels =
        new LevelActions(
            List.of(BitRate.ofMegabits(40), BitRate.ofMegabits(20), BitRate.ofMegabits(5)),
            List.of(BitRate.ofMegabits(4), BitRate.ofMegabits(2), BitRate.ofMegabits(1)));
    assertEquals(BitRate.ofMegabits(40), levels.apply(0, CALM, Direction.DOWNLOAD));
    assertEquals(BitRate.ofMegabits(1), levels.apply(2, CALM, Direction.UPLOAD));
    assertEquals(
        "high medium low", String.join(" ", levels.label(0), levels.label(1), levels.label(2)));
    assertEquals(1, levels.nearest(BitRate.ofMegabits(17), CALM, Direction.DOWNLOAD));
  }

  @Test
  void levelsDefaultToTenFiveAndOneMegabit() {
    assertEquals(
        List.of(BitRate.ofMegabits(10), BitRate.ofMegabits(5), BitRate.ofMegabits(1)),
        List.of(
            new LevelActions().apply(0, CALM, Direction.UPLOAD),
            new LevelActions().apply(1, CALM, Direction.UPLOAD),
            new LevelActions().apply(2, CALM, Direction.UPLOAD)));
  }

  @Test
  void levelsThatDoNotFallOrDifferInNumberAreRefused() {
    List<BitRate> two = List.of(BitRate.ofMegabits(2), BitRate.ofMegabits(1));
    List<BitRate> rising = List.of(BitRate.ofMegabits(1), BitRate.ofMegabits(2));
    assertThrows(IllegalArgumentException.class, () -> new LevelActions(rising, two));
    assertThrows(
        IllegalArgumentException.class, () -> new LevelActions(two, LevelActions.DEFAULT_LEVELS));
  }

  @Test
  void multipliersStartFromThePlanInForce() {
    MultiplierActions actions = new MultiplierActions(0.5, 1, 1.25);
    assertEquals(BitRate.ofMegabits(10), actions.apply(0, CALM, Direction.DOWNLOAD));
    assertEquals(BitRate.ofMegabits(20), actions.apply(1, CALM, Direction.DOWNLOAD));
    assertEquals(BitRate.ofMegabits(2.5), actions.apply(2, CALM, Direction.UPLOAD));
    assertEquals(
        "x0.5 x1 x1.25", String.join(" ", actions.label(0), actions.label(1), actions.label(2)));
    assertEquals(2, actions.nearest(BitRate.ofMegabits(99), CALM, Direction.DOWNLOAD));
  }

  @Test
  void multipliersOfAnUnlimitedDirectionStartFromItsThroughput() {
    Observation unlimited =
        new Observation(BUSY.time(), BUSY.measurements(), ShapingPlan.UNLIMITED);
    Observation unknown = new Observation(Instant.EPOCH, List.of(), ShapingPlan.UNLIMITED);
    MultiplierActions actions = new MultiplierActions(0.5, 1);
    assertEquals(BitRate.ofMegabits(12.5), actions.apply(0, unlimited, Direction.DOWNLOAD));
    assertEquals(BitRate.ofMegabits(5), actions.apply(0, unknown, Direction.DOWNLOAD));
  }

  @Test
  void trackingLandsJustUnderWhatArrivedWhileCongested() {
    TrackingActions actions = new TrackingActions(new double[] {0.9, 1}, new double[] {0.7, 0.95});
    for (int tick = 1; tick <= 10; tick++) {
      actions.apply(0, TestPolicies.observation(50 * tick, 20, 8, 0.08), Direction.DOWNLOAD);
    }
    Observation calmAgain = TestPolicies.observation(550, 20, 2, 0.001);
    assertEquals(8e6 * 0.95, rate(actions, 3, calmAgain), 1e4);
    assertEquals(8e6 * 0.7, rate(actions, 2, calmAgain), 1e4);
    assertEquals("0.95C", actions.label(3));

    actions.reset();
    assertEquals(20e6 * 0.95, rate(actions, 3, calmAgain), 1e4);
  }

  @Test
  void trackingNeverRaisesByMoreThanAQuarter() {
    TrackingActions actions = new TrackingActions();
    actions.apply(0, TestPolicies.observation(50, 50, 45, 0.08), Direction.DOWNLOAD);
    Observation low = TestPolicies.observation(100, 4, 3, 0.001);
    assertEquals(5e6, rate(actions, actions.size() - 1, low), 1e4);
  }

  @Test
  void trackingDoesNotRaiseALimitThatIsNotUsed() {
    TrackingActions actions = new TrackingActions(new double[] {0.9, 1.2}, new double[] {0.7, 1});
    assertEquals(20e6, rate(actions, 1, TestPolicies.observation(50, 20, 9, 0.001)), 1);
    actions.reset();
    assertEquals(24e6, rate(actions, 1, TestPolicies.observation(50, 20, 11, 0.001)), 1);
  }

  private static double rate(ActionSet actions, int action, Observation observation) {
    return actions.apply(action, observation, Direction.DOWNLOAD).bitsPerSecond();
  }

  @Test
  void factorsMustRiseWithinRange() {
    assertThrows(IllegalArgumentException.class, () -> new MultiplierActions(1));
    assertThrows(IllegalArgumentException.class, () -> new MultiplierActions(1, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new MultiplierActions(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new MultiplierActions(1, Double.NaN));
  }
}
