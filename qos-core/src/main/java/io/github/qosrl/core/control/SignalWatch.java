package io.github.qosrl.core.control;

import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says whether the delay signal is too poor to decide by; leaves that state with hysteresis. */
final class SignalWatch {
  private final Duration staleAfter;
  private final Duration trustAfter;
  private String reason = "";
  private boolean blind;
  private @Nullable Instant goodSince;

  SignalWatch(SafetyEnvelope envelope) {
    this.staleAfter = envelope.staleAfter();
    this.trustAfter = envelope.trustAfter();
  }

  void reset() {
    blind = false;
    goodSince = null;
  }

  /** Takes in the observation of a tick. */
  boolean blind(Observation observation) {
    Optional<String> poor = poor(observation);
    if (poor.isPresent()) {
      reason = poor.get();
      blind = true;
      goodSince = null;
    } else if (blind) {
      if (goodSince == null) {
        goodSince = observation.time();
      }
      blind = Duration.between(goodSince, observation.time()).compareTo(trustAfter) < 0;
    }
    return blind;
  }

  /** Why the signal was last found poor. */
  String reason() {
    return reason;
  }

  private Optional<String> poor(Observation observation) {
    if (observation.orElse(Metrics.BLIND, 0) >= 0.5) {
      return Optional.of(why(observation));
    }
    Optional<Duration> age = observation.age(Metrics.DELAY_INFLATION);
    if (age.isEmpty()) {
      return Optional.of("the delay could not be measured");
    }
    return age.get().compareTo(staleAfter) > 0
        ? Optional.of("the newest delay is " + age.get().toMillis() + " ms old")
        : Optional.empty();
  }

  private static String why(Observation observation) {
    if (observation.state().echoes() == EchoSight.BLIND) {
      return "the targets' replies do not wait in the users' queue, and no TCP of theirs shows it";
    }
    return observation.get(Metrics.DELAY_INFLATION).isPresent()
        ? "the delays of the targets contradict each other"
        : "no target replies; are they up, and do they answer ping?";
  }
}
