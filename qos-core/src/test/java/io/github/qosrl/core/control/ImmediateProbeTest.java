package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.FakeProbe;
import io.github.qosrl.core.contract.FakeShaper;
import io.github.qosrl.core.contract.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real threads: who measures. */
@Timeout(60)
class ImmediateProbeTest {
  private final VirtualClock clock = new VirtualClock();
  private final List<Thread> threads = new ArrayList<>();

  private FakeProbe probe() {
    FakeProbe probe = new FakeProbe(clock, Set.of(Metrics.LOSS));
    for (int i = 0; i < 3; i++) {
      probe.then(
          m -> {
            threads.add(Thread.currentThread());
            m.put(Metrics.LOSS, 0.5);
          });
    }
    return probe;
  }

  private LinkEnvironment link(FakeProbe probe) {
    return LinkEnvironment.builder()
        .shaper(new FakeShaper())
        .probe(probe)
        .clock(clock)
        .interval(Duration.ofMinutes(1))
        .build();
  }

  @Test
  void aProbeThatNeverWaitsIsMeasuredByTheLoopItself() throws Exception {
    try (LinkEnvironment link = link(probe().immediate())) {
      assertEquals(0.5, link.reset(0).orElse(Metrics.LOSS, 0));
      assertEquals(0.5, link.step(ShapingPlan.UNLIMITED).observation().orElse(Metrics.LOSS, 0));
    }
    threads.forEach(thread -> assertSame(Thread.currentThread(), thread));
    assertEquals(2, threads.size());
  }

  @Test
  void anyOtherIsMeasuredOnAThreadOfItsOwn() throws Exception {
    try (LinkEnvironment link = link(probe())) {
      assertEquals(0.5, link.reset(0).orElse(Metrics.LOSS, 0));
    }
    assertNotSame(Thread.currentThread(), threads.get(0));
  }
}
