package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.ShapingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a loop does while its agent is broken, or sees nothing. */
@Timeout(30)
class ControlLoopFallbackTest extends ControlLoopRig {
  @Test
  void agentThatThrowsIsRelievedRestsAndIsTriedAgain() throws Exception {
    List<Integer> calls = new ArrayList<>();
    Agent broken =
        new Scripted(
            plan -> {
              calls.add(1);
              if (calls.size() == 2) {
                throw new IllegalStateException("bug");
              }
              return PLAN;
            });
    loop(broken).fallback(new Scripted(plan -> OTHER)).maxTicks(60).build().run();
    assertFalse(recorder.ticks.get(0).fallback());
    assertTrue(recorder.ticks.get(1).fallback());
    assertEquals(OTHER, recorder.ticks.get(1).applied());
    assertTrue(recorder.ticks.get(50).fallback(), "it rests for 5 s");
    assertFalse(recorder.ticks.get(51).fallback());
    assertEquals(List.of(LoopEvent.Kind.FALLBACK_ENTERED, LoopEvent.Kind.FALLBACK_LEFT), kinds());
    assertTrue(recorder.events.get(0).message().contains("bug"));
  }

  @Test
  void withoutAFallbackThePlanInForceIsHeldWhileTheAgentIsBroken() throws Exception {
    List<Integer> calls = new ArrayList<>();
    Agent broken =
        new Scripted(
            plan -> {
              calls.add(1);
              if (calls.size() > 1) {
                throw new IllegalStateException("bug");
              }
              return PLAN;
            });
    loop(broken).maxTicks(200).build().run();
    assertEquals(List.of(PLAN), shaper.applied());
    assertEquals(200, recorder.ticks.size());
    assertTrue(calls.size() <= 4, "pauses grow: " + calls.size());
  }

  @Test
  void fallbackThatThrowsTooLeavesThePlanInForce() throws Exception {
    UnaryOperator<ShapingPlan> bug =
        plan -> {
          throw new IllegalStateException("bug");
        };
    loop(new Scripted(bug)).fallback(new Scripted(bug)).maxTicks(10).build().run();
    assertEquals(10, recorder.ticks.size());
    assertTrue(shaper.applied().isEmpty());
  }

  @Test
  void blindSignalHandsOverToTheFallbackAndBackWhenItWasGoodForAWhile() throws Exception {
    for (int i = 0; i < 40; i++) {
      ping.then(m -> m.put(Metrics.LOSS, 1));
    }
    loop(agent).fallback(new Scripted(plan -> OTHER)).learn(true).maxTicks(100).build().run();
    assertTrue(recorder.ticks.get(0).fallback());
    assertEquals(OTHER, recorder.ticks.get(0).applied());
    assertEquals(List.of(LoopEvent.Kind.FALLBACK_ENTERED, LoopEvent.Kind.FALLBACK_LEFT), kinds());
    assertEquals(
        "no target replies; are they up, and do they answer ping? Scripted takes over",
        recorder.events.get(0).message());
    assertFalse(recorder.ticks.get(65).fallback());
    long decided = recorder.ticks.stream().filter(t -> !t.fallback()).count();
    assertEquals(decided, agent.learned.size(), "nothing is learned while blind");
  }
}
