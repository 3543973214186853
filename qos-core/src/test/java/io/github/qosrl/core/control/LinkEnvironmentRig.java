package io.github.qosrl.core.control;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.FakeProbe;
import io.github.qosrl.core.contract.FakeShaper;
import io.github.qosrl.core.contract.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** A live link of fake probes and a fake shaper, in virtual time. */
abstract class LinkEnvironmentRig {
  static final Metric THROUGHPUT = Metrics.throughput(Direction.DOWNLOAD);
  static final ShapingPlan PLAN = ShapingPlan.of(Direction.DOWNLOAD, BitRate.ofMegabits(9));

  final VirtualClock clock = new VirtualClock();
  final Instant start = clock.now();
  final FakeShaper shaper = new FakeShaper();
  final FakeProbe ping = new FakeProbe(clock, Set.of(Metrics.RTT_MEAN));
  final FakeProbe counters = new FakeProbe(clock, Set.of(THROUGHPUT));
  final List<LoopEvent> events = new ArrayList<>();
  final Map<Probe, Executor> executors = new HashMap<>();

  LinkEnvironmentBuilder builder() {
    return LinkEnvironment.builder().shaper(shaper).clock(clock).interval(Duration.ofMillis(100));
  }

  /** Probes answer at once, unless a test put another executor in their place. */
  LinkEnvironment link(LinkEnvironmentBuilder builder) {
    LinkEnvironment link =
        builder
            .executors(probe -> work -> executors.getOrDefault(probe, Runnable::run).execute(work))
            .build();
    link.events(events::add);
    return link;
  }

  List<LoopEvent.Kind> kinds() {
    return events.stream().map(LoopEvent::kind).toList();
  }
}
