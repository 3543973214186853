package io.github.qosrl.core.policy;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Features that do not depend on the scale of the link: every rate is a logarithm of its ratio to
 * the present limit, every delay a multiple of what a few packets take at it.
 *
 * <p>For each of the last few ticks, newest first: throughput over one tick and over about 150 ms,
 * delay inflation over its threshold, and the limit that was in force. Then, for the present: see
 * {@link #names}. A metric that is absent gives the neutral value 0, and a mask says so. All
 * features are finite and within -4..4, most within -1..1. Encoding allocates nothing.
 *
 * <p>Optionally the traffic type of the measured target, one-hot, as told or as the probe reports
 * it ({@link Metrics#TARGET_TYPE}; with several targets the part that each type has), and the share
 * of each type in the bytes that passed ({@link Metrics#BYTES_PASSED} scoped to the type).
 */
public final class LinkFeatures implements FeatureEncoder {

  /** The name that a policy file knows it by. */
  public static final String ID = "link";

  /** The largest number of ticks of history. */
  public static final int MAX_HISTORY = 64;

  /** Ticks of history unless told otherwise. */
  public static final int DEFAULT_HISTORY = 4;

  /** The largest number of traffic types. */
  public static final int MAX_TYPES = 32;

  private static final List<String> PER_TICK =
      List.of(
          "throughput", "throughput.long", "inflation", "limit", "other.throughput", "other.limit");
  private static final List<String> PRESENT =
      List.of(
          "inflation.change",
          "inflation.slope",
          "unexplained",
          "congested",
          "since.congestion",
          "congested.arrivals",
          "congested.limit",
          "volatility",
          "peak",
          "packet.time",
          "baseline",
          "backlog",
          "drops",
          "reply.age",
          "blind",
          "other.peak",
          "other.backlog",
          "other.congested.arrivals",
          "other.packet.time",
          "tick",
          "is.download",
          "has.delay",
          "has.throughput",
          "has.backlog");
  private static final float LIMIT = 4;
  private static final double MOST_BYTES = 1e30;

  private final int history;
  private final List<String> types;
  private final String targetType;
  private final List<Metric> typeBytes;
  private final List<Metric> typeTargets;
  private final LinkSignals signals = new LinkSignals();
  private final TickHistory download;
  private final TickHistory upload;

  /** Four ticks of history, no traffic types. */
  public LinkFeatures() {
    this(DEFAULT_HISTORY);
  }

  /**
   * No traffic types.
   *
   * @param history ticks of history, 1 to {@value #MAX_HISTORY}
   * @throws IllegalArgumentException if the history is out of range
   */
  public LinkFeatures(int history) {
    this(history, List.of(), "");
  }

  /**
   * With traffic types.
   *
   * @param history ticks of history, 1 to {@value #MAX_HISTORY}
   * @param types the traffic types to tell apart: {@code dns}, {@code streaming}
   * @param targetType the type of the target whose delay is measured; empty for what the probe says
   * @throws IllegalArgumentException if the history is out of range, or the target's type is not
   *     one of the types
   */
  public LinkFeatures(int history, List<String> types, String targetType) {
    if (history < 1 || history > MAX_HISTORY) {
      throw new IllegalArgumentException(
          "history of %d ticks; accepted: 1 to %d".formatted(history, MAX_HISTORY));
    }
    if (types.size() > MAX_TYPES) {
      throw new IllegalArgumentException(
          types.size() + " traffic types; accepted: at most " + MAX_TYPES);
    }
    if (!targetType.isEmpty() && !types.contains(targetType)) {
      throw new IllegalArgumentException(
          "target type '%s' is not one of the types %s".formatted(targetType, types));
    }
    this.history = history;
    this.types = List.copyOf(types);
    this.targetType = targetType;
    this.typeBytes = scoped(Metrics.BYTES_PASSED, types);
    this.typeTargets = scoped(Metrics.TARGET_TYPE, types);
    this.download = new TickHistory(history);
    this.upload = new TickHistory(history);
  }

  private static List<Metric> scoped(Metric metric, List<String> types) {
    List<Metric> scoped = new ArrayList<>();
    for (String type : types) {
      scoped.add(metric.in(type));
    }
    return List.copyOf(scoped);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("history", Integer.toString(history));
    if (!types.isEmpty()) {
      parameters.put("types", String.join(",", types));
    }
    if (!targetType.isEmpty()) {
      parameters.put("target-type", targetType);
    }
    return parameters;
  }

  @Override
  public int size() {
    return PER_TICK.size() * history + PRESENT.size() + 2 * types.size();
  }

  /** A name for each feature, in order, for plots and explanations. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int tick = 0; tick < history; tick++) {
      for (String name : PER_TICK) {
        names.add(name + "[-" + tick + "]");
      }
    }
    names.addAll(PRESENT);
    types.forEach(type -> names.add("target.is." + type));
    types.forEach(type -> names.add("share." + type));
    return List.copyOf(names);
  }

  @Override
  public void reset() {
    signals.reset();
    download.reset();
    upload.reset();
  }

  @Override
  public FeatureEncoder fresh() {
    return new LinkFeatures(history, types, targetType);
  }

  @Override
  public void encode(Observation observation, Direction direction, float[] out) {
    if (signals.update(observation)) {
      DirectionSignals down = signals.of(Direction.DOWNLOAD);
      DirectionSignals up = signals.of(Direction.UPLOAD);
      download.push(signals, down, up);
      upload.push(signals, up, down);
    }
    boolean isDownload = direction == Direction.DOWNLOAD;
    TickHistory ticks = isDownload ? download : upload;
    DirectionSignals own = signals.of(direction);
    DirectionSignals other = signals.of(isDownload ? Direction.UPLOAD : Direction.DOWNLOAD);
    int at = ticks.write(Math.log(own.rate), Math.log(other.rate), out);
    at = writeDelay(ticks, own, out, at);
    at = writeTraffic(own, other, out, at);
    out[at++] = finite(Math.log(signals.elapsed / 0.1));
    out[at++] = isDownload ? 1 : -1;
    out[at++] = mask(signals.inflation);
    out[at++] = mask(own.throughput);
    out[at++] = mask(own.backlogSeconds);
    writeTypes(observation, out, at);
  }

  private int writeDelay(TickHistory ticks, DirectionSignals own, float[] out, int start) {
    int at = start;
    out[at++] = finite(ticks.inflationChange());
    out[at++] = finite(signals.slope);
    out[at++] = finite(Math.log1p(unexplained() / LinkSignals.threshold(own)) / 1.5);
    out[at++] = signals.congested(own) ? 1 : 0;
    out[at++] = finite(2 * own.sinceCongestion / (1 + own.sinceCongestion) - 1);
    out[at++] = ratio(own.congestedArrivals, own.rate);
    out[at++] = ratio(own.congestedRate, own.rate);
    out[at++] = finite(4 * own.volatility);
    out[at++] = ratio(own.peak, own.rate);
    out[at++] = finite(Math.log1p(own.packetTime() / 0.001) / 2);
    out[at++] = finite(Math.log(signals.baseline / 0.05) / 3);
    return at;
  }

  /** The inflation less what our own upload queue, if it is a FIFO, adds to every probe. */
  private double unexplained() {
    double queue = signals.of(Direction.UPLOAD).backlogSeconds;
    return Math.max(0, signals.inflation - (Double.isNaN(queue) ? 0 : queue));
  }

  private int writeTraffic(DirectionSignals own, DirectionSignals other, float[] out, int start) {
    int at = start;
    out[at++] = finite(Math.log1p(own.backlogSeconds / 0.01) / 2);
    out[at++] = finite(Math.log1p(own.drops) / 3);
    out[at++] = finite(Math.log1p(signals.replyAge / 0.1) / 2);
    out[at++] = signals.blind ? 1 : 0;
    out[at++] = ratio(other.peak, other.rate);
    out[at++] = finite(Math.log1p(other.backlogSeconds / 0.01) / 2);
    out[at++] = ratio(other.congestedArrivals, other.rate);
    out[at++] = finite(Math.log1p(other.packetTime() / 0.001) / 2);
    return at;
  }

  private void writeTypes(Observation observation, float[] out, int start) {
    int n = types.size();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      out[start + i] =
          targetType.isEmpty()
              ? finite(observation.orElse(typeTargets.get(i), 0))
              : types.get(i).equals(targetType) ? 1 : 0;
      double bytes = Math.max(0, Math.min(MOST_BYTES, observation.orElse(typeBytes.get(i), 0)));
      out[start + n + i] = (float) bytes;
      sum += bytes;
    }
    for (int i = 0; i < n; i++) {
      out[start + n + i] = sum > 0 ? (float) (out[start + n + i] / sum) : 0;
    }
  }

  /** Log of a ratio of rates, spread; 0 if either is not known. */
  static float ratio(double rate, double reference) {
    return spread(Math.log(rate / reference));
  }

  /**
   * Draws small differences apart and large ones together: whether a limit is used to 95 or to 100
   * % matters as much as whether it is used to a third or to a tenth.
   */
  static float spread(double logRatio) {
    return finite(Math.copySign(Math.log1p(8 * Math.abs(logRatio)) / 2, logRatio));
  }

  private static float mask(double value) {
    return Double.isNaN(value) ? 0 : 1;
  }

  static float finite(double value) {
    return Double.isNaN(value) ? 0 : (float) Math.max(-LIMIT, Math.min(LIMIT, value));
  }
}
