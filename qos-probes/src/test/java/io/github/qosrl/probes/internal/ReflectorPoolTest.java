package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Reflectors;
import io.github.qosrl.probes.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReflectorPoolTest {
  private static final Target A = Target.of("a");
  private static final Target B = Target.of("b");
  private static final Target C = Target.of("c");
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final ReflectorPool pool =
      new ReflectorPool(EchoOptions.builder(List.of(A, B, C)).active(2).build(), now);

  private static TargetHealth good(Target target) {
    return health(target, 5, 0, 0.02, 0.1);
  }

  private static TargetHealth health(
      Target t, int answered, int lost, double baseline, double age) {
    return new TargetHealth(t, answered, lost, OptionalDouble.of(baseline), OptionalDouble.of(age));
  }

  private boolean reviewFor(int seconds, Function<Target, TargetHealth> state) {
    boolean changed = false;
    for (int i = 0; i < seconds; i++) {
      now = now.plusSeconds(1);
      List<TargetHealth> health = new ArrayList<>();
      pool.active().forEach(target -> health.add(state.apply(target)));
      changed |= pool.review(now, health);
    }
    return changed;
  }

  @Test
  void goodOnesStay() {
    assertFalse(reviewFor(60, ReflectorPoolTest::good));
    assertEquals(List.of(A, B), pool.active());
  }

  @Test
  void aSilentOneMakesWayAndComesBackInItsTurn() {
    assertTrue(reviewFor(12, t -> t.equals(A) ? health(A, 0, 5, 0.02, 9) : good(t)));
    assertEquals(List.of(C, B), pool.active());
    assertTrue(reviewFor(12, t -> t.equals(B) ? health(B, 0, 5, 0.02, 9) : good(t)));
    assertEquals(List.of(C, A), pool.active());
  }

  @Test
  void aLossyOneMakesWay() {
    assertTrue(reviewFor(12, t -> t.equals(B) ? health(B, 2, 3, 0.02, 0.1) : good(t)));
    assertEquals(List.of(A, C), pool.active());
  }

  @Test
  void aFarOneMakesWay() {
    assertTrue(reviewFor(12, t -> t.equals(A) ? health(A, 5, 0, 0.2, 0.1) : good(t)));
    assertFalse(pool.active().contains(A));
  }

  @Test
  void whileNobodyAnswersItIsTheLink() {
    assertFalse(reviewFor(60, t -> health(t, 0, 5, 0.02, 30)));
  }

  @Test
  void whileAllLoseItIsTheLink() {
    assertFalse(reviewFor(60, t -> health(t, 2, 3, 0.02, 0.1)));
  }

  @Test
  void theListsThatComeWithTheLibraryAreSound() {
    for (String name : Reflectors.names()) {
      List<Target> targets = Reflectors.list(name).orElseThrow();
      assertEquals(targets.size(), EchoOptions.builder(targets).build().active(), name);
      assertTrue(targets.stream().noneMatch(t -> t.type().isEmpty()), name);
    }
    List<String> types =
        Reflectors.list("example").orElseThrow().stream().map(Target::type).distinct().toList();
    assertEquals(List.of("dns", "lan", "iot", "video", "social", "dev", "web"), types);
  }
}
