package io.github.qosrl.rl;

import io.github.qosrl.core.BitRate;
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
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A simulated link that judges by what really went on in it, which no live link tells: each
 * direction by its own use of its own capacity, and by its own queue.
 *
 * <p>The reward is {@code log(utilisation) − λ·(queueing delay − tolerance) − ν·|Δlog rate|}. While
 * an application, not a limit, holds a direction back, utilisation counts as full unless the limit
 * lies below the capacity. In one episode of eight what the shaper holds is not seen, since not
 * every live link reports it.
 */
final class TrainingLink implements Environment {
  /** Beyond this delay in seconds, the cost grows only with its logarithm. */
  private static final double LONG_DELAY = 0.1;

  /** ν: a steady limit is worth a little. */
  private static final double CHANGE_COST = 0.02;

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
  private boolean hideShaper;
  private @Nullable Observation last;

  /**
   * What delay costs.
   *
   * @param delayCost λ, per second of queueing delay
   * @param tolerance seconds of queueing delay that cost nothing
   * @param worstDelayCost the most that delay costs: an outage's queue is nobody's fault
   * @param leastUtilisation what less use than this counts as
   */
  record Price(double delayCost, double tolerance, double worstDelayCost, double leastUtilisation) {

    /** Ten milliseconds of queue weigh as much as a fifth of the throughput. */
    static final Price EVEN = new Price(20, 0, 3, 0.03);

    /** A short queue is free; a longer one weighs twice as much as with {@link #EVEN}. */
    static final Price SHORT_QUEUES = new Price(40, 0.004, 4, 0.1);

    private double ofDelay(double seconds) {
      double linear = delayCost * Math.max(0, Math.min(seconds, LONG_DELAY) - tolerance);
      double beyond = 0.5 * Math.log(Math.max(1, seconds / LONG_DELAY));
      return Math.min(worstDelayCost, linear + beyond);
    }
  }

  TrainingLink(LongFunction<Scenario> scenarios, Price price) {
    this.link = new SimulatedLink(scenarios);
    this.price = price;
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
    Observation first = shown(link.step(start(seed)).observation(), List.of());
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
    Measurement.Builder judged =
        Measurement.builder(step.observation().time(), step.observation().time());
    double sum = 0;
    for (Direction direction : Direction.values()) {
      double reward = judge(direction, before.plan(), action);
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
    return new Observation(seen.time(), all, seen.plan());
  }

  private double judge(Direction direction, ShapingPlan before, ShapingPlan action) {
    LinkTruth.Side truth = link.truth().of(direction);
    double rate = rate(action, direction);
    double change = Math.abs(Math.log(rate / rate(before, direction)));
    return Math.log(Math.max(price.leastUtilisation, utilisation(direction, truth, rate)))
        - price.ofDelay(truth.queueingDelay())
        - (Double.isFinite(change) ? CHANGE_COST * change : 0);
  }

  private double utilisation(Direction direction, LinkTruth.Side truth, double rate) {
    boolean limited =
        truth.shaperDelay() > STANDING_QUEUE || truth.queueingDelay() > STANDING_QUEUE;
    return limited || hasBulk(direction)
        ? truth.utilisation()
        : Math.max(truth.utilisation(), Math.min(1, rate / Math.max(1, truth.capacity())));
  }

  /** Whether some application always has more to send. */
  private boolean hasBulk(Direction direction) {
    for (Traffic traffic : link.scenario().traffic()) {
      if (traffic.direction() == direction && traffic.rate().isEmpty() && traffic.off().isZero()) {
        return true;
      }
    }
    return false;
  }

  private static double rate(ShapingPlan plan, Direction direction) {
    return plan.limit(direction)
        .map(BitRate::bitsPerSecond)
        .map(Long::doubleValue)
        .orElse(Double.POSITIVE_INFINITY);
  }

  @Override
  public void close() {
    link.close();
  }
}
