package io.github.qosrl.core.policy;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the link has told so far in the episode: the delay, and each direction's traffic. Times in
 * seconds; NaN stands for "not known". Takes in an observation once, however often it is shown.
 */
final class LinkSignals {
  /** The delay that is never blamed on a queue: jitter of hosts and of radio scheduling. */
  private static final double JITTER_ALLOWANCE = 0.008;

  /** Full packets' time at the present rate that is never blamed on a queue either. */
  private static final double PACKETS_ALLOWED = 3;

  /** How fast the fallback baseline rises towards a longer path: 1 ms in 10 s. */
  private static final double BASELINE_RISE = 1e-4;

  private final DirectionSignals download = new DirectionSignals(Direction.DOWNLOAD);
  private final DirectionSignals upload = new DirectionSignals(Direction.UPLOAD);
  private @Nullable Instant time;

  double elapsed;
  double baseline;
  double inflation;
  double slope;
  double replyAge;
  boolean blind;

  LinkSignals() {
    reset();
  }

  void reset() {
    download.reset();
    upload.reset();
    time = null;
    elapsed = 0;
    baseline = Double.NaN;
    inflation = Double.NaN;
    slope = Double.NaN;
    replyAge = Double.NaN;
    blind = false;
  }

  DirectionSignals of(Direction direction) {
    return direction == Direction.DOWNLOAD ? download : upload;
  }

  /**
   * Takes in an observation, unless it has done so already.
   *
   * @return whether it was new
   */
  boolean update(Observation observation) {
    Instant before = time;
    if (observation.time().equals(before)) {
      return false;
    }
    time = observation.time();
    elapsed = before == null ? 0 : Math.max(0, seconds(before, observation.time()));
    updateDelay(observation);
    download.update(observation, elapsed);
    upload.update(observation, elapsed);
    double roundTrip = baseline + inflation;
    download.congestion(congested(download), slope, roundTrip, elapsed);
    upload.congestion(congested(upload), slope, roundTrip, elapsed);
    return true;
  }

  private void updateDelay(Observation observation) {
    double rtt = observation.orElse(Metrics.RTT_MEAN, Double.NaN);
    double tracked = observation.orElse(Metrics.BASELINE_DELAY, Double.NaN);
    if (!Double.isNaN(tracked)) {
      baseline = tracked;
    } else if (!Double.isNaN(rtt)) {
      baseline = Double.isNaN(baseline) ? rtt : Math.min(rtt, baseline + BASELINE_RISE * elapsed);
    }
    double now = observation.orElse(Metrics.DELAY_INFLATION, rtt - baseline);
    if (!Double.isNaN(now)) {
      now = Math.max(0, now);
      if (!Double.isNaN(inflation) && elapsed > 0) {
        double raw = (now - inflation) / elapsed;
        slope = Double.isNaN(slope) ? raw : slope + 0.5 * (raw - slope);
      }
      inflation = now;
      replyAge = 0;
    } else {
      replyAge += elapsed;
    }
    replyAge = observation.orElse(Metrics.REPLY_AGE, replyAge);
    blind = observation.orElse(Metrics.BLIND, 0) > 0;
  }

  /** The delay inflation up to which a direction is taken to be uncongested. */
  static double threshold(DirectionSignals direction) {
    return JITTER_ALLOWANCE + PACKETS_ALLOWED * direction.packetTime();
  }

  boolean congested(DirectionSignals direction) {
    return inflation > threshold(direction);
  }

  private static double seconds(Instant from, Instant to) {
    return to.getEpochSecond() - from.getEpochSecond() + (to.getNano() - from.getNano()) * 1e-9;
  }
}
