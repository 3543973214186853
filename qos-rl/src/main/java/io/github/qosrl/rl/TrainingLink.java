package io.github.qosrl.rl;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.sim.LinkTruth;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.SimulatedLink;
import io.github.qosrl.core.sim.Traffic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A simulated link that judges by what really went on in it, which no live link tells: each
 * direction by its own use of its own capacity, and by its own queue.
 *
 * <p>The reward is {@code log(utilisation) − λ·d − κ·d² − ν·|Δlog rate|}, where d is the queueing
 * delay beyond what is tolerated. While an application, not a limit, holds a direction back,
 * utilisation counts as full unless the limit lies below the capacity. In one episode of eight what
 * the shaper holds is not seen, since not every live link reports it.
 */
final class TrainingLink implements Environment {
  /** Beyond this delay in seconds, the cost grows only with its logarithm. */
  private static final double LONG_DELAY = 0.1;

  private static final double PACKET_BITS = 1500 * 8;

  /** Packets in the bottleneck's queue that cost nothing: one at a time has to be there. */
  private static final double FREE_PACKETS = 2;

  /**
   * What is gained over another agent in a tick is cut off here: once the two have parted, one in a
   * queue that the other has not met, most of the difference is chance.
   */
  private static final double LARGEST_GAIN = 0.1;

  /** A queue in seconds that shows that a limit, not an application, holds the traffic back. */
  private static final double STANDING_QUEUE = 0.002;

  /** Logarithm of the largest ratio of a first limit to the mean capacity. */
  private static final double LARGEST_START = 1.5;

  private static final Map<Direction, Metric> REWARD = new EnumMap<>(Direction.class);

  static {
    for (Direction direction : Direction.values()) {
      REWARD.put(direction, Metric.of("reward", Metric.Unit.COUNT).in(direction));
    }
  }

  private final SimulatedLink link;
  private final Price price;
  private final Optional<Twin> twin;
  private boolean hideShaper;
  private @Nullable Observation last;

  /**
   * What delay costs.
   *
   * @param delayCost λ, per second of queueing delay
   * @param curvature per second squared: what makes a long queue worse than two of half its length
   * @param tolerance seconds of queueing delay that cost nothing
   * @param worstDelayCost the most that delay costs: an outage's queue is nobody's fault
   * @param leastUtilisation what less use than this counts as
   * @param changeCost ν: a steady limit is worth something
   */
  record Price(
      double delayCost,
      double curvature,
      double tolerance,
      double worstDelayCost,
      double leastUtilisation,
      double changeCost) {

    /** Ten milliseconds of queue weigh as much as a fifth of the throughput. */
    static final Price EVEN = new Price(20, 0, 0, 3, 0.03, 0.02);

    /** A short queue is free; one of 20 ms weighs as much as more than half of the throughput. */
    static final Price SHORT_QUEUES = new Price(25, 1500, 0.003, 3, 0.1, 0.15);

    private double ofDelay(double seconds, double packetTime) {
      double free = tolerance + FREE_PACKETS * packetTime;
      double over = Math.max(0, Math.min(seconds, LONG_DELAY + free) - free);
      double beyond = 0.5 * Math.log(Math.max(1, seconds / LONG_DELAY));
      return Math.min(worstDelayCost, (delayCost + curvature * over) * over + beyond);
    }
  }

  /** Rewards are judged as they are. */
  TrainingLink(LongFunction<Scenario> scenarios, Price price) {
    this(scenarios, price, Optional.empty());
  }

  /**
   * Rewards are what is better than what another agent gets at the same time, on the same course of
   * the same link. What nobody could have helped, an outage say, then does not count.
   */
  static TrainingLink comparedWith(Agent other, LongFunction<Scenario> scenarios, Price price) {
    return new TrainingLink(
        scenarios, price, Optional.of(new Twin(new SimulatedLink(scenarios), other)));
  }

  private TrainingLink(LongFunction<Scenario> scenarios, Price price, Optional<Twin> twin) {
    this.link = new SimulatedLink(scenarios);
    this.price = price;
    this.twin = twin;
  }

  /** The same link under another agent. */
  private static final class Twin {
    private final SimulatedLink link;
    private final Agent agent;
    private @Nullable Observation seen;
    private ShapingPlan before = ShapingPlan.UNLIMITED;
    private ShapingPlan plan = ShapingPlan.UNLIMITED;

    Twin(SimulatedLink link, Agent agent) {
      this.link = link;
      this.agent = agent;
    }

    void reset(long seed, ShapingPlan start) throws InterruptedException {
      link.reset(seed);
      agent.reset();
      seen = link.step(start).observation();
      plan = start;
    }

    void step() throws InterruptedException {
      before = plan;
      plan = agent.act(Objects.requireNonNull(seen));
      seen = link.step(plan).observation();
    }
  }

  /** The reward of each direction, as this link has told it. */
  static Reward reward() {
    return (direction, before, action, after) -> after.orElse(metric(direction), 0);
  }

  private static Metric metric(Direction direction) {
    return REWARD.getOrDefault(direction, Metrics.LOSS);
  }

  @Override
  public Observation reset(long seed) throws InterruptedException {
    hideShaper = (seed & 7) == 7;
    link.reset(seed);
    ShapingPlan start = start(seed);
    Observation first = shown(link.step(start).observation(), List.of());
    if (twin.isPresent()) {
      twin.get().reset(seed, start);
    }
    last = first;
    return first;
  }

  /** Limits well below, near or well above the capacity: all of them are to be learned from. */
  private ShapingPlan start(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ShapingPlan plan = ShapingPlan.UNLIMITED;
    for (Direction direction : Direction.values()) {
      double factor = Math.exp(LARGEST_START * (2 * random.nextDouble() - 1));
      plan = plan.with(direction, link.scenario().capacity(direction).mean().times(factor));
    }
    return plan;
  }

  @Override
  public Step step(ShapingPlan action) throws InterruptedException {
    Observation before = last;
    if (before == null) {
      throw new IllegalStateException("the link was not reset yet");
    }
    Step step = link.step(action);
    if (twin.isPresent()) {
      twin.get().step();
    }
    Measurement.Builder judged =
        Measurement.builder(step.observation().time(), step.observation().time());
    double sum = 0;
    for (Direction direction : Direction.values()) {
      double reward = judge(link, direction, before.plan(), action);
      if (twin.isPresent()) {
        Twin other = twin.get();
        double gain = reward - judge(other.link, direction, other.before, other.plan);
        reward = Math.max(-LARGEST_GAIN, Math.min(LARGEST_GAIN, gain));
      }
      judged.put(metric(direction), reward);
      sum += reward;
    }
    Observation after = shown(step.observation(), List.of(judged.build()));
    last = after;
    return new Step(after, sum / 2, step.terminated(), step.truncated());
  }

  private Observation shown(Observation seen, List<Measurement> more) {
    List<Measurement> all = new ArrayList<>(seen.measurements());
    if (hideShaper) {
      all.removeIf(m -> m.has(Metrics.backlog(Direction.DOWNLOAD)));
      all.removeIf(m -> m.has(Metrics.backlog(Direction.UPLOAD)));
    }
    all.addAll(more);
    return new Observation(seen.time(), all, seen.plan(), seen.state());
  }

  private double judge(
      SimulatedLink link, Direction direction, ShapingPlan before, ShapingPlan action) {
    LinkTruth.Side truth = link.truth().of(direction);
    double rate = rate(action, direction);
    double change = Math.abs(Math.log(rate / rate(before, direction)));
    double used = utilisation(link.scenario(), direction, truth, rate);
    double packetTime = PACKET_BITS / Math.max(PACKET_BITS, truth.capacity());
    return Math.log(Math.max(price.leastUtilisation, used))
        - price.ofDelay(truth.queueingDelay(), packetTime)
        - (Double.isFinite(change) ? price.changeCost * change : 0);
  }

  private static double utilisation(
      Scenario scenario, Direction direction, LinkTruth.Side truth, double rate) {
    boolean limited =
        truth.shaperDelay() > STANDING_QUEUE || truth.queueingDelay() > STANDING_QUEUE;
    return limited || hasBulk(scenario, direction)
        ? truth.utilisation()
        : Math.max(truth.utilisation(), Math.min(1, rate / Math.max(1, truth.capacity())));
  }

  /** Whether some application always has more to send. */
  private static boolean hasBulk(Scenario scenario, Direction direction) {
    for (Traffic traffic : scenario.traffic()) {
      if (traffic.direction() == direction && traffic.rate().isEmpty() && traffic.off().isZero()) {
        return true;
      }
    }
    return false;
  }

  private static double rate(ShapingPlan plan, Direction direction) {
    return plan.rate(direction, Double.POSITIVE_INFINITY);
  }

  @Override
  public void close() {
    link.close();
    twin.ifPresent(t -> t.link.close());
  }
}
