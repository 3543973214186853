package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;

/**
 * One direction of {@link AutorateAgent}. With a = mean of the window's deltas, U = 10 ms, T = 30
 * ms and D = 60 ms, each plus the time of one full packet at the present rate; load is
 * <em>high</em> if the achieved rate exceeds 75 % of the rate:
 *
 * <ol>
 *   <li>bloat, and more than 300 ms since the last cut: f = clamp((a − T)/(D − T), 0, 1), rate ×=
 *       0.99 − 0.24 f;
 *   <li>else, without bloat: high load, a throughput sample not used before, and more than 300 ms
 *       since the last cut: f = clamp((T − a)/(T − U), 0, 1), rate ×= 1 + 0.04 f;
 *   <li>else, without bloat or high load, once a second: ×0.99 or ×1.01 towards the base rate.
 * </ol>
 */
final class AutorateDirection {
  private static final int WINDOW = 6;

  /** {@code bufferbloat_detection_thr}. */
  private static final int BLOATED = 3;

  /** {@code avg_owd_delta_max_adjust_up_thr}, U. */
  private static final double UP_THRESHOLD = 0.010;

  /** {@code owd_delta_delay_thr}, T. */
  private static final double DELAY_THRESHOLD = 0.030;

  /** {@code avg_owd_delta_max_adjust_down_thr}, D. */
  private static final double DOWN_THRESHOLD = 0.060;

  /** {@code high_load_thr}. */
  private static final double HIGH_LOAD = 0.75;

  /** {@code bufferbloat_refractory_period_ms}. */
  private static final long CUT_PAUSE = 300_000_000L;

  /** {@code decay_refractory_period_ms}. */
  private static final long DECAY_PAUSE = 1_000_000_000L;

  /** {@code monitor_achieved_rates_interval_ms}. */
  private static final long ACHIEVED_PERIOD = 200_000_000L;

  private static final double PACKET_BITS = 1500 * 8;

  private final RateRange range;
  private final ThroughputSampler sampler;
  private final double[] deltas = new double[WINDOW];
  private final boolean[] delayed = new boolean[WINDOW];
  private int newest;
  private long lastCut = Long.MIN_VALUE / 2;
  private long lastDecay = Long.MIN_VALUE / 2;

  AutorateDirection(Direction direction, RateRange range) {
    this.range = range;
    this.sampler = new ThroughputSampler(direction, ACHIEVED_PERIOD);
  }

  /** Takes in the throughput of a tick. */
  void achieved(Observation observation) {
    sampler.add(observation);
  }

  /** The rate after a reply. */
  double onReply(long time, double delta, double rate) {
    double packetTime = PACKET_BITS / rate;
    newest = (newest + 1) % WINDOW;
    deltas[newest] = delta;
    delayed[newest] = delta > DELAY_THRESHOLD + packetTime;
    double next = rate;
    if (bloated()) {
      if (time - lastCut > CUT_PAUSE) {
        lastCut = time;
        next = rate * cut(mean() - packetTime);
      }
    } else if (sampler.rate() > HIGH_LOAD * rate) {
      if (sampler.unused() && time - lastCut > CUT_PAUSE) {
        sampler.use();
        next = rate * raise(mean() - packetTime);
      }
    } else if (time - lastDecay > DECAY_PAUSE) {
      lastDecay = time;
      next = decayed(rate);
    }
    return range.clamp(next).bitsPerSecond();
  }

  private static double cut(double delay) {
    double f = (delay - DELAY_THRESHOLD) / (DOWN_THRESHOLD - DELAY_THRESHOLD);
    return 0.99 - 0.24 * Math.max(0, Math.min(1, f));
  }

  private static double raise(double delay) {
    double f = (DELAY_THRESHOLD - delay) / (DELAY_THRESHOLD - UP_THRESHOLD);
    return 1 + 0.04 * Math.max(0, Math.min(1, f));
  }

  private double decayed(double rate) {
    double base = range.base().bitsPerSecond();
    return rate > base ? Math.max(base, 0.99 * rate) : Math.min(base, 1.01 * rate);
  }

  private boolean bloated() {
    int count = 0;
    for (boolean late : delayed) {
      count += late ? 1 : 0;
    }
    return count >= BLOATED;
  }

  private double mean() {
    double sum = 0;
    for (double delta : deltas) {
      sum += delta;
    }
    return sum / WINDOW;
  }
}
