package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Transition;
import io.github.qosrl.core.contract.FakeProbe;
import io.github.qosrl.core.contract.FakeShaper;
import io.github.qosrl.core.contract.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ControlLoopTest {
  private static final ShapingPlan PLAN = ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(9));
  private static final ShapingPlan OTHER =
      ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(6));

  private final VirtualClock clock = new VirtualClock();
  private final FakeShaper shaper = new FakeShaper();
  private final FakeProbe ping =
      new FakeProbe(clock, Set.of(Metrics.RTT_MEAN)).set(Metrics.RTT_MEAN, 0.04);
  private final LinkEnvironment link =
      LinkEnvironment.builder()
          .shaper(shaper)
          .probe(ping)
          .clock(clock)
          .executors(probe -> Runnable::run)
          .reward((direction, before, action, after) -> 1)
          .build();
  private final Recorder recorder = new Recorder();

  /** Remembers everything, and whether the link was restored by the time the loop stopped. */
  private final class Recorder implements LoopListener {
    final List<Tick> ticks = new ArrayList<>();
    final List<LoopEvent> events = new ArrayList<>();
    int starts;
    final List<Optional<Throwable>> stops = new ArrayList<>();
    boolean restoredAtStop;

    @Override
    public void onStart(Observation first) {
      starts++;
    }

    @Override
    public void onTick(Tick tick) {
      ticks.add(tick);
    }

    @Override
    public void onEvent(LoopEvent event) {
      events.add(event);
    }

    @Override
    public void onStop(Optional<Throwable> cause) {
      stops.add(cause);
      restoredAtStop = shaper.closes() > 0;
    }
  }

  /** An agent by a function, which remembers what it was taught. */
  private static final class Scripted implements Agent {
    private final UnaryOperator<ShapingPlan> plan;
    final List<Transition> learned = new ArrayList<>();
    int resets;

    Scripted(UnaryOperator<ShapingPlan> plan) {
      this.plan = plan;
    }

    @Override
    public ShapingPlan act(Observation observation) {
      return plan.apply(observation.plan());
    }

    @Override
    public void learn(Transition transition) {
      learned.add(transition);
    }

    @Override
    public void reset() {
      resets++;
    }
  }

  private final Scripted agent = new Scripted(plan -> PLAN);

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
    assertEquals("no target replies; Scripted takes over", recorder.events.get(0).message());
    assertFalse(recorder.ticks.get(65).fallback());
    long decided = recorder.ticks.stream().filter(t -> !t.fallback()).count();
    assertEquals(decided, agent.learned.size(), "nothing is learned while blind");
  }

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

  private ControlLoopBuilder loop(Agent pilot) {
    return ControlLoop.builder(link, pilot).clock(clock).listener(recorder).shutdownHook(false);
  }

  private List<LoopEvent.Kind> kinds() {
    return recorder.events.stream().map(LoopEvent::kind).toList();
  }
}
