package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.contract.FakeProbe;
import io.github.qosrl.core.contract.FakeShaper;
import io.github.qosrl.core.contract.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real threads: a probe that hangs never delays a tick. */
class HangingProbeTest {
  private final VirtualClock clock = new VirtualClock();

  /** Hangs until it is closed. */
  private static final class HangingProbe implements Probe {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Set<Metric> metrics() {
      return Set.of(Metrics.LOSS);
    }

    @Override
    public Measurement measure(Duration timeout) throws InterruptedException {
      asked.countDown();
      closed.await();
      throw new IllegalStateException("closed");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  @Timeout(60)
  void ticksKeepTheGridWhileProbesHang() throws Exception {
    HangingProbe everyTick = new HangingProbe();
    HangingProbe background = new HangingProbe();
    FakeProbe healthy = new FakeProbe(clock, Set.of(Metrics.JITTER)).set(Metrics.JITTER, 0.001);
    List<LoopEvent> events = new ArrayList<>();
    LinkEnvironment link =
        LinkEnvironment.builder()
            .shaper(new FakeShaper())
            .probe(everyTick)
            .probe(background, Duration.ofSeconds(5))
            .probe(healthy)
            .clock(clock)
            .interval(Duration.ofMillis(20))
            .build();
    link.events(events::add);
    Instant start = link.reset(0).time();
    everyTick.asked.await();
    background.asked.await();
    for (int tick = 1; tick <= 1000; tick++) {
      Step step = link.step(ShapingPlan.UNLIMITED);
      assertEquals(start.plusMillis(20L * tick), step.observation().time());
      assertFalse(step.observation().get(Metrics.LOSS).isPresent());
    }
    // The healthy one is on a thread, too, and may be late where the machine is busy.
    List<LoopEvent> hanging =
        events.stream().filter(e -> e.message().startsWith("HangingProbe")).toList();
    assertEquals(
        List.of(LoopEvent.Kind.PROBE_FAILED, LoopEvent.Kind.PROBE_FAILED),
        hanging.stream().map(LoopEvent::kind).toList());
    link.close();
    assertEquals(0, everyTick.closed.getCount());
  }
}
