package io.github.qosrl.core.agent;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.agent.ThreeLevelAgent.Levels;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreeLevelAgentTest {
  private final ThreeLevelAgent agent =
      new ThreeLevelAgent(
          Map.of(
              DOWNLOAD,
              new Levels(BitRate.ofMegabits(20), BitRate.ofMegabits(10), BitRate.ofMegabits(5))));
  private final Seen seen = new Seen(100);

  @Test
  void startsHighAndStaysThereWhileAllIsWell() {
    assertEquals(20, act(seen.inflation(5)));
    assertEquals(20, act(seen.inflation(29).with(Metrics.LOSS, 0.02)));
  }

  @Test
  void delayOrLossLowersTheLevelAtOnce() {
    assertEquals(10, act(seen.inflation(31)));
    assertEquals(5, act(seen.inflation(101)));
    agent.reset();
    assertEquals(10, act(seen.inflation(0).with(Metrics.LOSS, 0.03)));
    assertEquals(5, act(seen.with(Metrics.LOSS, 0.06)));
  }

  @Test
  void levelRisesByOneAfterEachGoodSecond() {
    act(seen.inflation(200));
    seen.inflation(1);
    for (int i = 0; i < 10; i++) {
      assertEquals(5, act(seen), "tick " + i);
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(10, act(seen), "tick " + i);
    }
    assertEquals(20, act(seen));
  }

  @Test
  void poorSecondStartsTheWaitAgain() {
    act(seen.inflation(200));
    for (int i = 0; i < 60; i++) {
      assertEquals(5, act(seen.inflation(i % 9 == 8 ? 200 : 1)));
    }
  }

  @Test
  void withoutADelayTheLevelStays() {
    act(seen.inflation(50));
    seen.without(Metrics.DELAY_INFLATION);
    for (int i = 0; i < 30; i++) {
      assertEquals(10, act(seen));
    }
  }

  @Test
  void levelsMustBeInOrder() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Levels(BitRate.ofMegabits(5), BitRate.ofMegabits(10), BitRate.ofMegabits(20)));
  }

  private double act(Seen window) {
    return Seen.megabits(agent.act(window.tick(ShapingPlan.UNLIMITED)), DOWNLOAD);
  }
}
