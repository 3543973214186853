package io.github.qosrl.core.agent;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The control law of cake-autorate (github.com/lynxthecat/cake-autorate, 3.2, {@code defaults.sh}),
 * so that anyone can compare with it without the script. Both directions, on every reply:
 *
 * <ul>
 *   <li>Half the round-trip time stands for each direction's one-way delay x. Each target's
 *       baseline b starts at 100 ms and follows b ← αx + (1−α)b, α = 0.001 if x ≥ b, else 0.9.
 *   <li>The last 6 deltas x − b, over all targets, are the window: bloat is at least 3 of them
 *       above 30 ms, see {@link AutorateDirection}.
 * </ul>
 *
 * <p>Works with replies every 25 to 100 ms over all targets; the script pings 6 reflectors every
 * 300 ms. Replacing bad reflectors and sleeping when idle are the probe's affair. While no replies
 * come (a stalled link) the rates are held, since the law acts on replies alone.
 */
public final class AutorateAgent extends RangedAgent {
  /** The script's rates: 5, 20, 80 Mbit/s down and 5, 20, 35 Mbit/s up. */
  private static final Map<Direction, RateRange> SHIPPED =
      Map.of(
          Direction.DOWNLOAD, RateRange.ofMegabits(5, 20, 80),
          Direction.UPLOAD, RateRange.ofMegabits(5, 20, 35));

  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** {@code owd baseline} before the first reply of a reflector, in seconds. */
  private static final double FIRST_BASELINE = 0.1;

  /** {@code alpha_baseline_increase}. */
  private static final double ALPHA_INCREASE = 0.001;

  /** {@code alpha_baseline_decrease}. */
  private static final double ALPHA_DECREASE = 0.9;

  private static final class Baseline {
    double seconds = FIRST_BASELINE;
  }

  private final Map<String, Baseline> baselines = new HashMap<>();
  private final Map<Direction, AutorateDirection> sides = new EnumMap<>(Direction.class);
  private double[] deltas = new double[16];
  private long[] times = new long[16];
  private int replies;

  /** With the rates that the script ships. */
  public AutorateAgent() {
    this(SHIPPED);
  }

  /** With the rates of each controlled direction. */
  public AutorateAgent(Map<Direction, RateRange> ranges) {
    super(ranges);
    reset();
  }

  static Map<Direction, RateRange> shipped() {
    return SHIPPED;
  }

  @Override
  void observe(Observation observation) {
    List<DelaySample> samples = observation.delays();
    replies = samples.size();
    if (replies > deltas.length) {
      deltas = new double[2 * replies];
      times = new long[2 * replies];
    }
    for (int i = 0; i < replies; i++) {
      DelaySample sample = samples.get(i);
      Baseline baseline = baselines.computeIfAbsent(sample.target(), target -> new Baseline());
      double owd = sample.rtt().toNanos() * 0.5e-9;
      double alpha = owd >= baseline.seconds ? ALPHA_INCREASE : ALPHA_DECREASE;
      baseline.seconds = alpha * owd + (1 - alpha) * baseline.seconds;
      deltas[i] = owd - baseline.seconds;
      times[i] = nanos(sample.receivedAt());
    }
    if (observation.measurements().size() > 1) {
      sortByTime();
    }
  }

  /** Replies of several probes come probe by probe. Insertion sort: few, and mostly in order. */
  private void sortByTime() {
    for (int i = 1; i < replies; i++) {
      long time = times[i];
      double delta = deltas[i];
      int j = i;
      for (; j > 0 && times[j - 1] > time; j--) {
        times[j] = times[j - 1];
        deltas[j] = deltas[j - 1];
      }
      times[j] = time;
      deltas[j] = delta;
    }
  }

  /** Every 50 ms, which is as often as the script's reflectors reply. */
  @Override
  public Optional<Duration> preferredInterval() {
    return Optional.of(INTERVAL);
  }

  @Override
  double decide(Direction direction, Observation observation, double rate) {
    AutorateDirection side = sides.get(direction);
    if (side == null) {
      return rate;
    }
    side.achieved(observation);
    double next = rate;
    for (int i = 0; i < replies; i++) {
      next = side.onReply(times[i], deltas[i], next);
    }
    return next;
  }

  @Override
  public void reset() {
    super.reset();
    baselines.clear();
    Arrays.fill(deltas, 0);
    for (Direction direction : ranges().keySet()) {
      sides.put(direction, new AutorateDirection(direction, range(direction)));
    }
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
