package io.github.qosrl.examples.lab;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.agent.StaticAgent;
import io.github.qosrl.core.control.ControlLoop;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.Tick;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.live.LiveController;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One agent in charge of the laboratory's router, under load, while the bottleneck moves. */
final class LabRun {
  private static final Duration BIN = Duration.ofMillis(100);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration START_PATIENCE = Duration.ofSeconds(15);
  private static final int STREAMS = 4;
  private static final long FLOWING_BYTES = 100_000;

  private final LabNetwork network;
  private final LabLink link;
  private final Consumer<Moment> live;
  private final MonotonicClock clock = MonotonicClock.system();

  private volatile ShapingPlan plan = ShapingPlan.UNLIMITED;

  /**
   * @param live is told of every moment as it passes
   */
  LabRun(LabNetwork network, LabLink link, Consumer<Moment> live) {
    this.network = network;
    this.link = link;
    this.live = live;
  }

  /** Runs the agent; the network is as before when it returns. */
  RunResult of(AgentChoice choice) throws QosException, InterruptedException {
    link.rewind();
    try (Agent agent = choice.create(d -> link.mean(d).bitsPerSecond());
        Bottleneck bottleneck = link.build(network.isp());
        LabLoad load = new LabLoad(network.client(), network.server());
        LabDelay delay = LabDelay.open(network.client())) {
      Optional<ControlLoop> loop = control(choice, agent);
      try {
        loop.ifPresent(ControlLoop::start);
        clock.sleepUntil(clock.now().plus(IDLE));
        delay.takeBaseline();
        Duration length = link.duration().plus(WARM_UP).plus(START_PATIENCE);
        load.start(STREAMS, length.plusSeconds(5));
        awaitFlow(bottleneck);
        List<Moment> moments = observe(bottleneck, delay, loop);
        load.checkRunning();
        return new RunResult(
            choice.name(), link.name(), link.seed(), moments, delay.summary(), delay.loss());
      } finally {
        load.stop();
        if (loop.isPresent()) {
          loop.get().close();
        }
        link.remove(network.isp());
      }
    }
  }

  private Optional<ControlLoop> control(AgentChoice choice, Agent agent)
      throws QosException, InterruptedException {
    plan = ShapingPlan.UNLIMITED;
    if (choice.shapesNothing()) {
      return Optional.empty();
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("wan", LabNetwork.WAN);
    settings.put("lan", LabNetwork.LAN);
    settings.put("targets", String.join(",", LabNetwork.REFLECTORS));
    settings.put("probe.interval", "100ms");
    settings.put("agent", choice.id());
    settings.put("start", start(Direction.DOWNLOAD, agent) + "/" + start(Direction.UPLOAD, agent));
    settings.put("interval", TICK.toMillis() + "ms");
    LoopListener watch =
        new LoopListener() {
          @Override
          public void onTick(Tick tick) {
            plan = tick.applied();
          }
        };
    try {
      ControllerConfig config = ControllerConfig.read(Optional.empty(), settings, "the laboratory");
      return Optional.of(new LiveController(network.router(), config).loop(agent, List.of(watch)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fixed rate starts, and has its queue sized, where it stays; others at the mean. */
  private BitRate start(Direction direction, Agent agent) {
    Observation nothing = new Observation(clock.now(), List.of(), ShapingPlan.UNLIMITED);
    return agent instanceof StaticAgent
        ? agent.act(nothing).limit(direction).orElseThrow()
        : link.mean(direction);
  }

  /** On a loaded machine iperf3 takes its time to start; the scenario waits for it. */
  private void awaitFlow(Bottleneck bottleneck) throws QosException, InterruptedException {
    Instant deadline = clock.now().plus(START_PATIENCE);
    for (Direction direction : Direction.values()) {
      while (bottleneck.passed(direction) < FLOWING_BYTES) {
        if (clock.now().isAfter(deadline)) {
          throw new HostException(
              HostException.Kind.TIMED_OUT,
              "the laboratory's load does not flow: no %s within %d s"
                  .formatted(direction.label(), START_PATIENCE.toSeconds()));
        }
        clock.sleepUntil(clock.now().plusMillis(50));
      }
    }
  }

  private List<Moment> observe(Bottleneck bottleneck, LabDelay delay, Optional<ControlLoop> loop)
      throws QosException, InterruptedException {
    List<Moment> moments = new ArrayList<>();
    Instant begin = clock.now().plus(WARM_UP);
    Instant at = clock.now();
    Instant end = begin.plus(link.duration());
    long[] passed = passed(bottleneck);
    while (at.isBefore(end)) {
      BitRate[] capacity = {link.next(Direction.DOWNLOAD, BIN), link.next(Direction.UPLOAD, BIN)};
      bottleneck.set(Direction.DOWNLOAD, capacity[0]);
      bottleneck.set(Direction.UPLOAD, capacity[1]);
      clock.sleepUntil(at.plus(BIN));
      Instant now = clock.now();
      long[] before = passed;
      passed = passed(bottleneck);
      double dt = Duration.between(at, now).toNanos() / 1e9;
      boolean measured = !at.isBefore(begin);
      double inflation = delay.read(measured);
      Moment moment =
          new Moment(
              Duration.between(begin, now).toNanos() / 1e9,
              flow(Direction.DOWNLOAD, capacity[0], (passed[0] - before[0]) * 8 / dt),
              flow(Direction.UPLOAD, capacity[1], (passed[1] - before[1]) * 8 / dt),
              inflation);
      moments.add(moment);
      live.accept(moment);
      throwIfFailed(loop);
      at = now;
    }
    return moments;
  }

  private Moment.Flow flow(Direction direction, BitRate capacity, double throughput) {
    double limit = plan.limit(direction).map(r -> (double) r.bitsPerSecond()).orElse(Double.NaN);
    return new Moment.Flow(capacity.bitsPerSecond(), limit, throughput);
  }

  private static void throwIfFailed(Optional<ControlLoop> loop) throws QosException {
    Throwable failure = loop.flatMap(ControlLoop::failure).orElse(null);
    if (failure instanceof QosException e) {
      throw e;
    } else if (failure != null) {
      throw new QosException("the controller failed: " + failure, failure);
    }
  }

  private static long[] passed(Bottleneck bottleneck) throws HostException {
    return new long[] {bottleneck.passed(Direction.DOWNLOAD), bottleneck.passed(Direction.UPLOAD)};
  }
}
