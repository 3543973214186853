package io.github.qosrl.examples.live;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.DirectionState;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.LimitingFactor;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.control.Tick;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a run that heard no echo has failed. */
final class RepliesTest {
  private final Replies replies = new Replies(List.of(Target.of("192.0.2.1")));

  private static Tick tick(LinkState state) {
    Observation seen = new Observation(Instant.EPOCH, List.of(), ShapingPlan.UNLIMITED, state);
    Step step = new Step(seen, 0, false, false);
    return new Tick(
        0, seen, ShapingPlan.UNLIMITED, ShapingPlan.UNLIMITED, step, false, Duration.ZERO);
  }

  @Test
  void ifNothingEverToldOfAQueue() {
    replies.onTick(tick(LinkState.UNKNOWN));
    assertThrows(ProbeException.class, replies::check);
  }

  @Test
  void butNotIfTheUsersPacketsDid() {
    DirectionState down =
        new DirectionState(
            Direction.DOWNLOAD,
            new Estimate(0.01, Estimate.Source.ONE_WAY, 0, 1),
            Estimate.UNKNOWN,
            Estimate.UNKNOWN,
            LimitingFactor.UNKNOWN,
            0,
            1);
    replies.onTick(
        tick(
            new LinkState(
                down,
                DirectionState.unknown(Direction.UPLOAD),
                Estimate.UNKNOWN,
                Estimate.UNKNOWN,
                EchoSight.SILENT)));
    assertDoesNotThrow(replies::check);
  }
}
