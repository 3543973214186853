package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The first form of {@link ReceiveRateAgent}, in a few lines: the yardstick that it, and whatever
 * learns, has to beat. Controls the download only.
 *
 * <ul>
 *   <li><b>Congested</b>, that is inflation above 8 ms plus three full packets' time at the present
 *       rate: what arrives is the capacity C, the smaller of its means over 50 and 150 ms. The rate
 *       becomes C · (0.95 − excess / 0.2 s), at least C / 2, and never more than it is.
 *   <li>Else, if more than 80 % of the rate arrives, it grows by 6 % each 50 ms.
 * </ul>
 *
 * <p>It is made for two replies or more in each tick of 50 ms.
 */
public final class PlainReceiveRateAgent extends RangedAgent {
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final double PACKET_BITS = 1500 * 8;
  private static final double TOLERANCE = 0.008;
  private static final double PACKETS = 3;
  private static final long SHORT = 50_000_000L;
  private static final long LONG = 150_000_000L;
  private static final double UTILISATION = 0.95;
  private static final double DRAIN = 0.2;
  private static final double LEAST = 0.5;
  private static final double USED = 0.8;
  private static final double GROWTH = 1.06;
  private static final double GROWTH_PERIOD = 0.05;

  private final RateHistory throughput = new RateHistory(Metrics.throughput(Direction.DOWNLOAD));
  private long now = Long.MIN_VALUE;
  private double elapsed;

  /** From 0.5 Mbit/s to 10 Gbit/s, and 20 Mbit/s at first. */
  public PlainReceiveRateAgent() {
    this(ReceiveRateAgent.standard());
  }

  /** With a range of one's own. */
  public PlainReceiveRateAgent(RateRange download) {
    super(Map.of(Direction.DOWNLOAD, download));
  }

  @Override
  public Optional<Duration> preferredInterval() {
    return Optional.of(INTERVAL);
  }

  @Override
  void observe(Observation observation) {
    long time = AutorateAgent.nanos(observation.time());
    elapsed = now == Long.MIN_VALUE ? 0 : Math.max(0, time - now) * 1e-9;
    now = time;
    throughput.add(observation);
  }

  @Override
  double decide(Direction direction, Observation observation, double rate) {
    double inflation = observation.orElse(Metrics.DELAY_INFLATION, Double.NaN);
    double arrivals = throughput.mean(SHORT);
    if (Double.isNaN(inflation) || Double.isNaN(arrivals)) {
      return rate;
    }
    double excess = inflation - TOLERANCE - PACKETS * PACKET_BITS / rate;
    if (excess > 0) {
      double capacity = Math.min(arrivals, throughput.mean(LONG));
      return Math.min(rate, capacity * Math.max(LEAST, UTILISATION - excess / DRAIN));
    }
    return arrivals > USED * rate ? rate * Math.pow(GROWTH, elapsed / GROWTH_PERIOD) : rate;
  }

  @Override
  public void reset() {
    super.reset();
    throughput.clear();
    now = Long.MIN_VALUE;
  }
}
