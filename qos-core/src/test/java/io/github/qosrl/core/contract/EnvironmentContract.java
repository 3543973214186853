package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every environment must do. Extend it, and give it an environment.
 *
 * <p>One whose episodes a seed fixes extends {@link SeededEnvironmentContract}.
 */
@Timeout(120)
public abstract class EnvironmentContract {

  /** A new environment. Its episodes last at least ten ticks. */
  protected abstract Environment environment() throws Exception;

  /** At least two different plans that can be put in force. */
  protected List<ShapingPlan> plans() {
    return List.of(
        ShapingPlan.of(BitRate.parse("10mbit"), BitRate.parse("2mbit")),
        ShapingPlan.of(BitRate.parse("5mbit"), BitRate.parse("2mbit")),
        ShapingPlan.of(BitRate.parse("8mbit"), BitRate.parse("1mbit")));
  }

  /** The plan for a tick: they take turns. */
  final ShapingPlan plan(int tick) {
    return plans().get(tick % plans().size());
  }

  @Test
  void cannotStepBeforeReset() throws Exception {
    try (Environment environment = environment()) {
      assertThrows(IllegalStateException.class, () -> environment.step(plan(0)));
    }
  }

  @Test
  void timeAdvancesWithEveryStep() throws Exception {
    try (Environment environment = environment()) {
      Instant last = environment.reset(1).time();
      for (int i = 0; i < 8; i++) {
        Instant now = environment.step(plan(i)).observation().time();
        assertTrue(now.isAfter(last), "at tick " + i + " time went from " + last + " to " + now);
        last = now;
      }
    }
  }

  @Test
  void theObservationCarriesThePlanThatWasInForce() throws Exception {
    try (Environment environment = environment()) {
      environment.reset(1);
      for (int i = 0; i < 8; i++) {
        assertEquals(plan(i), environment.step(plan(i)).observation().plan());
      }
    }
  }

  @Test
  void measurementsAreNotFromTheFuture() throws Exception {
    try (Environment environment = environment()) {
      environment.reset(1);
      for (int i = 0; i < 8; i++) {
        Observation seen = environment.step(plan(i)).observation();
        seen.measurements()
            .forEach(m -> assertTrue(!m.to().isAfter(seen.time()), () -> m + " at " + seen.time()));
      }
    }
  }

  @Test
  void noReplyIsSeenTwice() throws Exception {
    try (Environment environment = environment()) {
      environment.reset(1);
      Set<DelaySample> known = new HashSet<>();
      for (int i = 0; i < 8; i++) {
        for (DelaySample reply : environment.step(plan(i)).observation().delays()) {
          assertTrue(known.add(reply), () -> "seen before: " + reply);
        }
      }
    }
  }

  @Test
  void resetStartsAnotherEpisode() throws Exception {
    try (Environment environment = environment()) {
      for (int episode = 0; episode < 3; episode++) {
        environment.reset(episode);
        for (int i = 0; i < 3; i++) {
          environment.step(plan(i));
        }
      }
    }
  }

  /** An environment that never waits need not end the call. */
  @Test
  void anInterruptIsNotLostAndTheEnvironmentStaysUsable() throws Exception {
    try (Environment environment = environment()) {
      environment.reset(1);
      Thread.currentThread().interrupt();
      boolean ended = false;
      try {
        environment.step(plan(0));
      } catch (InterruptedException e) {
        ended = true;
      }
      assertTrue(ended || Thread.interrupted(), "the interrupt was swallowed");
      environment.reset(2);
      assertDoesNotThrow(() -> environment.step(plan(1)));
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void aClosedEnvironmentCannotStep() throws Exception {
    Environment environment = environment();
    environment.reset(1);
    environment.step(plan(0));
    environment.close();
    assertThrows(IllegalStateException.class, () -> environment.step(plan(1)));
  }

  @Test
  void closingAgainDoesNothing() throws Exception {
    Environment environment = environment();
    environment.reset(1);
    environment.close();
    assertDoesNotThrow(environment::close);
  }

  @Test
  void itCanBeClosedWithoutEverBeingUsed() throws Exception {
    Environment environment = environment();
    assertDoesNotThrow(environment::close);
  }

  @Test
  void anotherThreadMayClose() throws Exception {
    Environment environment = environment();
    environment.reset(1);
    Step step = environment.step(plan(0));
    assertTrue(Double.isFinite(step.reward()));
    Background.run(environment::close).join();
    assertThrows(IllegalStateException.class, () -> environment.step(plan(1)));
  }
}
