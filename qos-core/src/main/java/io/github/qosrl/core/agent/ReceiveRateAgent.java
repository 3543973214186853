package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.EchoSight;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the capacity off the link while it is congested, and probes for more while it is not.
 *
 * <p>While a bottleneck's queue is not empty, the rate at which bytes leave it <em>is</em> its
 * capacity. Delay tells when that is so. For the download what leaves it is what arrives here. For
 * the upload it is not seen, but the delay's slope is: a queue that is fed at rate r and drained at
 * capacity C grows by r/C − 1 seconds a second (Little's law on a fluid queue).
 *
 * <p>For each direction at each tick, see {@link ReceiveRateDirection}:
 *
 * <ul>
 *   <li><b>congested</b> (inflation, and what its present growth will add within 0.1 s, above 2 to
 *       3 ms, plus one and a half full packets' time at the present rate, plus the noise of the
 *       idle link) and this direction is to blame: the rate follows the capacity and its trend, up
 *       and down, and lower the longer the queue, so that it drains ({@link GivingWay});
 *   <li><b>near a capacity that stands still</b>: the rate is that capacity, a little more while
 *       the queue is shorter than some milliseconds, fewer on a slow link, and a little less while
 *       it is longer ({@link SmallCorrections});
 *   <li><b>congestion is over</b>: the rate returns quickly to a little below where it began, since
 *       a capacity that flickers comes back; then it grows while it is used: by half a percent each
 *       50 ms on a link whose capacity hardly moves, by up to 8 % where it does, or once the last
 *       congestion is left behind;
 *   <li>else it stays: an idle link says nothing about its capacity, and neither does a blind one.
 * </ul>
 *
 * <p><b>To blame</b>, where both directions carry traffic, is the one that {@link Blame} finds
 * guilty; a download whose packets wait in our own shaper is not, and grows whatever the delay is.
 *
 * <p>Rates span 0.5 Mbit/s to 10 Gbit/s from 20 Mbit/s by default: no tuning is meant to be needed.
 */
public final class ReceiveRateAgent extends RangedAgent {
  private static final RateRange STANDARD = RateRange.ofMegabits(0.5, 20, 10_000);

  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** Load of both directions below which the delay's variation is noise. */
  private static final double IDLE_LOAD = 0.3;

  /** Time constant in seconds with which the noise is learned. */
  private static final double NOISE_MEMORY = 5;

  private static final double LARGEST_NOISE = 0.03;

  /** Less inflation than this, and the noise, is no queue. */
  private static final double NO_QUEUE = 0.001;

  private final Map<Direction, ReceiveRateDirection> sides = new EnumMap<>(Direction.class);
  private long now = Long.MIN_VALUE;
  private double elapsed;
  private double inflation = Double.NaN;
  private double noise;
  private @Nullable Blame blame;

  /** With the standard range in both directions. */
  public ReceiveRateAgent() {
    this(both(STANDARD));
  }

  /** With the range of each controlled direction. */
  public ReceiveRateAgent(Map<Direction, RateRange> ranges) {
    super(ranges);
    reset();
  }

  static RateRange standard() {
    return STANDARD;
  }

  @Override
  void observe(Observation observation) {
    long time = AutorateAgent.nanos(observation.time());
    elapsed = now == Long.MIN_VALUE ? 0 : Math.max(0, time - now) * 1e-9;
    now = time;
    inflation = inflation(observation);
    boolean idle = true;
    double growth = 0;
    for (Direction direction : directions()) {
      ReceiveRateDirection side = side(direction);
      Estimate queue = observation.state().of(direction).queueDelay();
      boolean own = isItsOwn(observation.state(), queue);
      side.observe(observation, own ? queue.value() : inflation, elapsed);
      idle &= side.traffic().recentLoad() < IDLE_LOAD;
      growth = side.traffic().delayToCome();
    }
    if (blame != null) {
      if (inflation < NO_QUEUE + noise) {
        side(Direction.UPLOAD).queueIsGone();
      }
      blame.judge(inflation);
    }
    if (idle && !Double.isNaN(inflation)) {
      double weight = 1 - Math.exp(-elapsed / NOISE_MEMORY);
      noise += weight * (Math.min(inflation + growth, LARGEST_NOISE) - noise);
    }
  }

  /** Of the round trip, our own shaper's delay not counted if its state is known; else NaN. */
  private static double inflation(Observation observation) {
    if (observation.orElse(Metrics.BLIND, 0) >= 0.5) {
      return Double.NaN;
    }
    Estimate estimated = observation.state().inflation();
    return estimated.known()
        ? estimated.value()
        : observation.orElse(Metrics.DELAY_INFLATION, Double.NaN);
  }

  /** Every 50 ms: how much slower it may be is bounded by how fast capacities fall. */
  @Override
  public Optional<Duration> preferredInterval() {
    return Optional.of(INTERVAL);
  }

  @Override
  double decide(Direction direction, Observation observation, double rate) {
    return side(direction).decide(rate, charge(direction, observation), elapsed);
  }

  /**
   * How little the senders of a direction heed the drops of our shaper, as far as the last seconds
   * tell: 0 if they slow down for them, as CUBIC does; 1 if they do not, as the first BBR. For the
   * upload always 0: what is not let through there never reaches the link.
   *
   * @throws IllegalStateException if the direction is not controlled
   */
  public double unheeded(Direction direction) {
    return side(direction).unheeded();
  }

  /**
   * Whether a direction answers to its own queue alone: where the users' packets show it, and the
   * round trip does not, or shows that of both directions.
   */
  private boolean isItsOwn(LinkState state, Estimate queue) {
    boolean direct =
        switch (queue.source()) {
          case ONE_WAY, ACKNOWLEDGED, ROUND_TRIP_REST -> true;
          default -> false;
        };
    boolean shared = blame != null && blame.isShared();
    return direct && (shared || state.echoes() != EchoSight.SEES);
  }

  private Charge charge(Direction direction, Observation observation) {
    Estimate queue = observation.state().of(direction).queueDelay();
    if (isItsOwn(observation.state(), queue)) {
      return Charge.ofOnly(queue.value(), 0);
    }
    if (blame == null) {
      return Charge.ofOnly(inflation, noise);
    }
    Direction other = direction == Direction.DOWNLOAD ? Direction.UPLOAD : Direction.DOWNLOAD;
    double otherLimit = observation.plan().rate(other, Double.POSITIVE_INFINITY);
    return blame.against(direction, noise, ReceiveRateDirection.PACKET_BITS / otherLimit);
  }

  private ReceiveRateDirection side(Direction direction) {
    ReceiveRateDirection side = sides.get(direction);
    if (side == null) {
      throw new IllegalStateException(direction + " is not controlled");
    }
    return side;
  }

  @Override
  public void reset() {
    super.reset();
    now = Long.MIN_VALUE;
    inflation = Double.NaN;
    noise = 0;
    for (Direction direction : ranges().keySet()) {
      sides.put(direction, new ReceiveRateDirection(direction));
    }
    ReceiveRateDirection down = sides.get(Direction.DOWNLOAD);
    ReceiveRateDirection up = sides.get(Direction.UPLOAD);
    blame = down == null || up == null ? null : new Blame(down, up);
  }
}
