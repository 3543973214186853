package io.github.qosrl.examples.lab;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.examples.live.AgentChoice;
import io.github.qosrl.examples.report.Moment;
import io.github.qosrl.examples.report.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One agent in charge of the laboratory's router, under load, while the bottleneck moves. */
final class LabRun {
  /** Time between two moments, and between two changes of the capacity. */
  static final Duration BIN = Duration.ofMillis(100);

  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final long FLOWING_BYTES = 100_000;

  private final LabNetwork network;
  private final Scenario scenario;
  private final Duration settling;
  private final Consumer<Moment> live;
  private final MonotonicClock clock = MonotonicClock.system();

  /**
   * @param settling how long the load runs before it counts
   * @param live is told of every moment as it passes
   */
  LabRun(LabNetwork network, Scenario scenario, Duration settling, Consumer<Moment> live) {
    this.network = network;
    this.scenario = scenario;
    this.settling = settling;
    this.live = live;
  }

  /**
   * Runs the agent; the network is as before when it returns.
   *
   * @param seed fixes the course of the capacity, and when the load begins
   */
  RunResult of(AgentChoice choice, long seed) throws QosException, InterruptedException {
    LabLink link = new LabLink(scenario, seed);
    Duration length = scenario.duration().plus(settling).plus(START_PATIENCE);
    try (Agent agent = choice.create(d -> scenario.capacity(d).mean().bitsPerSecond());
        Bottleneck bottleneck = link.build(network.isp());
        LabLoad load = new LabLoad(network.client(), network.server(), scenario.traffic(), length);
        LabDelay delay = LabDelay.open(network.client());
        LabControl control = LabControl.start(network, choice, agent)) {
      // A ramp that starts at another phase of all the timers is another run: see the seeds.
      double phase = new SplittableRandom(seed).nextDouble();
      clock.sleepUntil(clock.now().plus(IDLE).plusMillis(Math.round(1000 * phase)));
      delay.takeBaseline(START_PATIENCE);
      Instant begun = clock.now();
      load.advance(Duration.ZERO);
      awaitFlow(load);
      List<Moment> moments = observe(link, bottleneck, load, delay, control, begun);
      load.check();
      return new RunResult(
          choice.name(), scenario.name(), seed, moments, delay.summary(), delay.loss());
    } finally {
      LabLink.remove(network.isp());
    }
  }

  /** On a loaded machine iperf3 takes its time to start; the scenario waits for it. */
  private void awaitFlow(LabLoad load) throws QosException, InterruptedException {
    Instant deadline = clock.now().plus(START_PATIENCE);
    long[] before = delivered();
    for (Direction direction : load.filled()) {
      while (network.delivered(direction) - before[direction.ordinal()] < FLOWING_BYTES) {
        load.check();
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

  private List<Moment> observe(
      LabLink link,
      Bottleneck bottleneck,
      LabLoad load,
      LabDelay delay,
      LabControl control,
      Instant begun)
      throws QosException, InterruptedException {
    List<Moment> moments = new ArrayList<>();
    Instant begin = clock.now().plus(settling);
    Instant at = clock.now();
    Instant end = begin.plus(scenario.duration());
    long[] passed = delivered();
    while (at.isBefore(end)) {
      BitRate[] capacity = {link.next(Direction.DOWNLOAD, BIN), link.next(Direction.UPLOAD, BIN)};
      bottleneck.set(Direction.DOWNLOAD, capacity[0]);
      bottleneck.set(Direction.UPLOAD, capacity[1]);
      load.advance(Duration.between(begun, at));
      clock.sleepUntil(at.plus(BIN));
      Instant now = clock.now();
      long[] before = passed;
      passed = delivered();
      double dt = Duration.between(at, now).toNanos() / 1e9;
      double inflation = delay.read(!at.isBefore(begin));
      Moment moment =
          new Moment(
              Duration.between(begin, now).toNanos() / 1e9,
              flow(
                  control.limit(Direction.DOWNLOAD), capacity[0], (passed[0] - before[0]) * 8 / dt),
              flow(control.limit(Direction.UPLOAD), capacity[1], (passed[1] - before[1]) * 8 / dt),
              inflation);
      moments.add(moment);
      live.accept(moment);
      control.check();
      at = now;
    }
    return moments;
  }

  private static Moment.Flow flow(Optional<BitRate> limit, BitRate capacity, double throughput) {
    double bits = limit.map(r -> (double) r.bitsPerSecond()).orElse(Double.NaN);
    return new Moment.Flow(capacity.bitsPerSecond(), bits, throughput);
  }

  private long[] delivered() throws HostException {
    return new long[] {network.delivered(Direction.DOWNLOAD), network.delivered(Direction.UPLOAD)};
  }
}
