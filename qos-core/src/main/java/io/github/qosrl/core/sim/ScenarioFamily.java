package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Kinds of links to draw at random. What a kind fixes is how its capacity moves; all else is drawn
 * alike for all kinds: see {@link #draw}.
 *
 * <p>σ is the standard deviation of a rate's logarithm; U and LU are uniform and log-uniform.
 */
public enum ScenarioFamily {
  /** Capacity that does not move. */
  STEADY,

  /** A line with small jitter: σ 0.01–0.03, memory 1 s. */
  DSL,

  /**
   * A subscribed rate, shared in the evening: U(1, 1.6) times the rate, with σ U(0.1, 0.35) and
   * memory LU(2, 20) s, cut off at the rate.
   */
  CABLE,

  /** A terminal that rests: σ U(0.1, 0.3) with memory LU(1, 10) s, σ 0.1 with memory 0.1 s. */
  LTE_STANDING,

  /**
   * A terminal that moves: shadowing with σ U(0.4, 0.9) and memory LU(1, 8) s, fading with σ
   * U(0.05, 0.25) and memory 0.2 s.
   */
  LTE_DRIVING,

  /** Two to four rates, LU(0.25, 2) of the mean, LU(2, 30) s each. */
  RATE_STEPS,

  /** A moving terminal that loses its cell for LU(0.1, 2) s, every LU(5, 30) s. */
  OUTAGES,

  /** A new rate every 15 s with σ U(0.2, 0.5), jitter with σ 0.1 and memory 0.3 s. */
  STARLINK,

  /** Wi-Fi among neighbours: σ U(0.3, 0.6) with memory LU(0.05, 0.3) s. */
  FLICKER;

  private static final int MAX_FLOWS = 32;

  /** Its name in words, such as {@code lte-driving}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A random scenario of this kind: mean capacity LU(2, 100) Mbit/s down and LU(0.1, 1) of that up,
   * at least 1 Mbit/s; base RTT LU(5, 600) ms; buffers LU(20 ms, 2 s) for each direction; in one
   * case of six random loss LU(1e-5, 3e-3); 60 s. Traffic: half the time bulk downloads alone, else
   * a mix of bulk, on-off, video, limited and voice streams; in two cases of five also uploads;
   * LU(1, 32) flows, seven tenths CUBIC. What a passive probe sees is drawn by itself ({@link
   * PassiveSignals}): in one case of eight nothing, else with timestamps in all flows (half of the
   * cases), in a part of U(0, 1) of them, or in none (one of eight); no QUIC (half), or U(0, 0.8)
   * of the flows; ticks of 1 ms (three of five), 4 or 10 ms; drift U(−100, 100) ppm; delayed
   * acknowledgements in nine cases of ten.
   *
   * @param seed fixes the scenario; the course of its capacity is fixed by the episode's
   */
  public Scenario draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed * 31 + ordinal());
    double down = logUniform(random, 2, 100);
    double up = Math.max(1, down * logUniform(random, 0.1, 1));
    return Scenario.builder(label() + "#" + seed)
        .download(capacity(down, random))
        .upload(capacity(up, random))
        .baseRtt(seconds(logUniform(random, 0.005, 0.6)))
        .downloadBuffer(seconds(logUniform(random, 0.02, 2)))
        .uploadBuffer(seconds(logUniform(random, 0.02, 2)))
        .randomLoss(random.nextInt(6) == 0 ? logUniform(random, 1e-5, 3e-3) : 0)
        .traffic(traffic(random, down))
        // Of its own, so that what was drawn before there were such signals is drawn still.
        .passiveSignals(PassiveSignals.draw(new SplittableRandom(~(seed * 31 + ordinal()))))
        .build();
  }

  /** A capacity of this kind. */
  CapacityProcess capacity(double megabits, SplittableRandom random) {
    BitRate mean = BitRate.ofMegabits(megabits);
    CapacityProcess flat = CapacityProcess.constant(mean);
    return switch (this) {
      case STEADY -> flat;
      case DSL -> flat.fading(uniform(random, 0.01, 0.03), seconds(1));
      case CABLE ->
          CapacityProcess.constant(mean.times(uniform(random, 1, 1.6)))
              .fading(uniform(random, 0.1, 0.35), seconds(logUniform(random, 2, 20)))
              .within(mean.times(0.02), mean);
      case LTE_STANDING ->
          flat.fading(uniform(random, 0.1, 0.3), seconds(logUniform(random, 1, 10)))
              .fading(0.1, seconds(0.1));
      case LTE_DRIVING -> driving(flat, random);
      case RATE_STEPS -> steps(mean, random);
      case OUTAGES ->
          driving(flat, random)
              .withOutages(seconds(logUniform(random, 5, 30)), seconds(logUniform(random, 0.1, 2)));
      case STARLINK ->
          CapacityProcess.reallocated(mean, uniform(random, 0.2, 0.5), seconds(15))
              .fading(0.1, seconds(0.3));
      case FLICKER ->
          flat.fading(uniform(random, 0.3, 0.6), seconds(logUniform(random, 0.05, 0.3)));
    };
  }

  private static CapacityProcess driving(CapacityProcess flat, SplittableRandom random) {
    BitRate mean = flat.mean();
    return flat.fading(uniform(random, 0.4, 0.9), seconds(logUniform(random, 1, 8)))
        .fading(uniform(random, 0.05, 0.25), seconds(0.2))
        .within(mean.times(0.03), mean.times(4));
  }

  private static CapacityProcess steps(BitRate mean, SplittableRandom random) {
    List<BitRate> rates = new ArrayList<>();
    int n = 2 + random.nextInt(3);
    for (int i = 0; i < n; i++) {
      rates.add(mean.times(logUniform(random, 0.25, 2)));
    }
    return CapacityProcess.steps(seconds(logUniform(random, 2, 30)), rates);
  }

  private static List<Traffic> traffic(SplittableRandom random, double megabits) {
    List<Traffic> all = new ArrayList<>();
    int flows = (int) Math.round(logUniform(random, 1, MAX_FLOWS));
    boolean bulkOnly = random.nextBoolean();
    for (int i = 0; i < flows; i++) {
      Transport transport = transport(random);
      all.add(
          bulkOnly
              ? Traffic.bulk(Direction.DOWNLOAD, transport)
              : mixed(random, Direction.DOWNLOAD, transport, megabits));
    }
    if (random.nextInt(5) < 2) {
      int uploads = (int) Math.round(logUniform(random, 1, 8));
      for (int i = 0; i < uploads; i++) {
        all.add(mixed(random, Direction.UPLOAD, transport(random), megabits));
      }
    }
    return all;
  }

  private static Traffic mixed(
      SplittableRandom random, Direction direction, Transport transport, double megabits) {
    Duration start = seconds(uniform(random, 0, 5));
    Traffic bulk = Traffic.bulk(direction, transport).startingAt(start);
    return switch (random.nextInt(6)) {
      case 0, 1 -> bulk;
      case 2 ->
          bulk.onOff(seconds(logUniform(random, 0.5, 20)), seconds(logUniform(random, 0.5, 20)));
      case 3 ->
          direction == Direction.DOWNLOAD
              ? Traffic.video(
                  BitRate.ofMegabits(megabits * uniform(random, 0.1, 0.5)),
                  seconds(uniform(random, 2, 6)))
              : bulk;
      case 4 ->
          Traffic.limited(
              direction, transport, BitRate.ofMegabits(megabits * uniform(random, 0.05, 0.5)));
      default -> Traffic.voice(direction);
    };
  }

  private static Transport transport(SplittableRandom random) {
    int draw = random.nextInt(20);
    return draw < 14 ? Transport.CUBIC : draw < 17 ? Transport.BBR : Transport.RENO;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static double uniform(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static double logUniform(SplittableRandom random, double low, double high) {
    return low * Math.exp(random.nextDouble() * Math.log(high / low));
  }
}
