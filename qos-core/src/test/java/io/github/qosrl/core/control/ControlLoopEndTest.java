package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.contract.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a loop ends, the link is as it was found. */
@Timeout(30)
class ControlLoopEndTest extends ControlLoopRig {
  @Test
  void exceptionOfTheEnvironmentEndsTheRunAndRestoresTheLink() {
    shaper.fail("no permission");
    ControlLoop loop = loop(agent).build();
    ShaperException thrown = assertThrows(ShaperException.class, loop::run);
    assertEquals(1, shaper.closes());
    assertSame(thrown, recorder.stops.get(0).orElseThrow());
    assertSame(thrown, loop.failure().orElseThrow());
  }

  @Test
  void failureToRestoreIsThrown() {
    shaper.failToClose("qdisc is stuck");
    ControlLoop loop = loop(agent).maxTicks(1).build();
    assertEquals("qdisc is stuck", assertThrows(QosException.class, loop::run).getMessage());
  }

  @Test
  void interruptEndsTheRunAndRestoresTheLink() {
    ControlLoop loop =
        loop(agent)
            .listener(
                new LoopListener() {
                  @Override
                  public void onTick(Tick tick) {
                    if (tick.number() == 3) {
                      Thread.currentThread().interrupt();
                    }
                  }
                })
            .build();
    assertThrows(InterruptedException.class, loop::run);
    assertEquals(1, shaper.closes());
    assertTrue(recorder.stops.get(0).orElseThrow() instanceof InterruptedException);
  }

  @Test
  void stopFromAListenerEndsTheRun() throws Exception {
    List<ControlLoop> loop = new ArrayList<>();
    loop.add(
        loop(agent)
            .listener(
                new LoopListener() {
                  @Override
                  public void onTick(Tick tick) {
                    if (tick.number() == 3) {
                      loop.get(0).stop();
                    }
                  }
                })
            .build());
    loop.get(0).run();
    assertEquals(4, recorder.ticks.size());
    assertTrue(loop.get(0).ended());
  }

  @Test
  void startedLoopRunsUntilItIsStoppedFromOutside() throws Exception {
    CountDownLatch ticking = new CountDownLatch(10);
    ControlLoop loop =
        loop(agent)
            .listener(
                new LoopListener() {
                  @Override
                  public void onTick(Tick tick) {
                    ticking.countDown();
                  }
                })
            .build();
    loop.start();
    ticking.await();
    loop.stop();
    loop.close();
    assertTrue(loop.ended());
    assertTrue(loop.awaitEnd(Duration.ZERO));
    assertEquals(1, shaper.closes());
    assertTrue(loop.failure().isEmpty());
  }

  @Test
  void stopInterruptsALongTickAndIsNoFailure() throws Exception {
    CountDownLatch asleep = new CountDownLatch(1);
    VirtualClock real = new VirtualClock();
    LinkEnvironment slow =
        LinkEnvironment.builder()
            .shaper(shaper)
            .interval(Duration.ofMinutes(10))
            .clock(new SleepyClock(real, asleep))
            .build();
    ControlLoop loop = ControlLoop.builder(slow, agent).shutdownHook(false).build();
    loop.start();
    asleep.await();
    loop.stop();
    assertTrue(loop.ended());
    assertTrue(loop.failure().isEmpty());
    assertEquals(1, shaper.closes());
  }

  @Test
  void stopWithoutARunRestoresTheLink() throws Exception {
    ControlLoop loop = loop(agent).build();
    loop.close();
    assertEquals(1, shaper.closes());
    loop.run();
    assertTrue(recorder.ticks.isEmpty());
  }

  @Test
  void runsOnlyOnce() throws Exception {
    ControlLoop loop = loop(agent).maxTicks(1).build();
    loop.run();
    assertThrows(IllegalStateException.class, loop::run);
    assertThrows(IllegalStateException.class, loop::start);
  }
}
