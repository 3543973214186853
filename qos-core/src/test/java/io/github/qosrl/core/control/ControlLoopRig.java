package io.github.qosrl.core.control;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Transition;
import io.github.qosrl.core.contract.FakeProbe;
import io.github.qosrl.core.contract.FakeShaper;
import io.github.qosrl.core.contract.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A control loop over a fake link in virtual time, and a listener that remembers everything. */
abstract class ControlLoopRig {
  static final ShapingPlan PLAN = ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(9));
  static final ShapingPlan OTHER = ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(6));

  final VirtualClock clock = new VirtualClock();
  final FakeShaper shaper = new FakeShaper();
  final FakeProbe ping = new FakeProbe(clock, Set.of(Metrics.RTT_MEAN)).set(Metrics.RTT_MEAN, 0.04);
  final LinkEnvironment link =
      LinkEnvironment.builder()
          .shaper(shaper)
          .probe(ping)
          .clock(clock)
          .executors(probe -> Runnable::run)
          .reward((direction, before, action, after) -> 1)
          .build();
  final Recorder recorder = new Recorder();

  /** Remembers everything, and whether the link was restored by the time the loop stopped. */
  final class Recorder implements LoopListener {
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
  static final class Scripted implements Agent {
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

  final Scripted agent = new Scripted(plan -> PLAN);

  ControlLoopBuilder loop(Agent pilot) {
    return ControlLoop.builder(link, pilot).clock(clock).listener(recorder).shutdownHook(false);
  }

  List<LoopEvent.Kind> kinds() {
    return recorder.events.stream().map(LoopEvent::kind).toList();
  }
}
