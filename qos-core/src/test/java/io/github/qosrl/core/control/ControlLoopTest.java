package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Transition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlLoopTest extends ControlLoopRig {
  @Test
  void runsSoManyTicksAndRestoresTheLink() throws Exception {
    loop(agent).maxTicks(5).build().run();
    assertEquals(5, recorder.ticks.size());
    assertEquals(4, recorder.ticks.get(4).number());
    assertEquals(List.of(PLAN), shaper.applied());
    assertEquals(1, shaper.closes());
    assertEquals(1, recorder.starts);
    assertEquals(List.of(Optional.empty()), recorder.stops);
    assertTrue(recorder.restoredAtStop);
  }

  @Test
  void envelopeBoundsWhatTheAgentProposes() throws Exception {
    SafetyEnvelope envelope =
        SafetyEnvelope.builder().ceiling(Direction.DOWNLOAD, BitRate.ofMegabits(6)).build();
    loop(agent).envelope(envelope).maxTicks(1).build().run();
    assertEquals(PLAN, recorder.ticks.get(0).proposed());
    assertEquals(OTHER, recorder.ticks.get(0).applied());
    assertEquals(List.of(OTHER), shaper.applied());
  }

  @Test
  void agentLearnsFromThePlanThatWasInForce() throws Exception {
    SafetyEnvelope envelope =
        SafetyEnvelope.builder().ceiling(Direction.DOWNLOAD, BitRate.ofMegabits(6)).build();
    loop(agent).envelope(envelope).learn(true).maxTicks(3).build().run();
    assertEquals(3, agent.learned.size());
    Transition first = agent.learned.get(0);
    assertEquals(OTHER, first.action());
    assertEquals(1, first.reward());
    assertSame(first.next(), agent.learned.get(1).observation());
  }

  @Test
  void doesNotLearnUnlessAsked() throws Exception {
    loop(agent).maxTicks(3).build().run();
    assertTrue(agent.learned.isEmpty());
  }

  @Test
  void listenerThatThrowsDoesNotStopTheLoop() throws Exception {
    LoopListener broken =
        new LoopListener() {
          @Override
          public void onTick(Tick tick) {
            throw new IllegalStateException("disk full");
          }
        };
    loop(agent).listener(broken).maxTicks(3).build().run();
    assertEquals(3, recorder.ticks.size());
  }

  @Test
  void eventsOfTheEnvironmentReachTheListeners() throws Exception {
    ping.thenFail("ping is gone");
    loop(agent).maxTicks(30).build().run();
    assertEquals(List.of(LoopEvent.Kind.PROBE_FAILED, LoopEvent.Kind.PROBE_RECOVERED), kinds());
  }

  @Test
  void builderNamesAllMistakesAtOnce() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> loop(agent).maxTicks(0).maxEpisodes(0).fallback(agent).build())
            .toString();
    for (String part : List.of("0 ticks", "0 episodes", "own fallback")) {
      assertTrue(message.contains(part), message);
    }
  }
}
