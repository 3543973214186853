package io.github.qosrl.core.agent;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;

/**
 * Where one direction's packets wait, as far as our own shaper can tell: here, in which case no
 * queue of theirs grows elsewhere, or beyond, at the link. Times in seconds.
 *
 * <p>Packets that wait here while no more come than are let through show that the limit is ours. If
 * still more come some time after a cut, a queue before us drains. If none wait, and less comes
 * than might, something else holds the senders back: the link, or a loss that they recover from.
 */
final class BottleneckPlace {
  /** So many packets wait here by chance. */
  private static final double FEW_BYTES = 2 * 1500;

  /** Part of the limit above which more comes than it lets through, and below which less does. */
  private static final double MORE = 1.04;

  private static final double LESS = 0.97;

  /** How long after a drop, and a round trip, senders recover. */
  private static final double RECOVERY = 0.2;

  private static final double LONG_AGO = 1e9;

  private final Direction direction;
  private boolean waitsHere;
  private boolean waitsBeyond;
  private boolean limitsNow;
  private boolean open;
  private double limitBefore = Double.NaN;
  private double sinceCut;
  private double sinceDrops = LONG_AGO;

  BottleneckPlace(Direction direction) {
    this.direction = direction;
  }

  /**
   * Takes in what has come.
   *
   * @param limit in force, in bit/s
   * @param arrivals in bit/s; NaN if not known
   * @param roundTrip the present one
   */
  void observe(
      Observation observation, double limit, double arrivals, double roundTrip, double elapsed) {
    sinceCut = limit < 0.99 * limitBefore ? 0 : sinceCut + elapsed;
    limitBefore = limit;
    boolean dropped = observation.orElse(Metrics.drops(direction), 0) > 0;
    sinceDrops = dropped ? 0 : sinceDrops + elapsed;
    double backlog = observation.orElse(Metrics.backlog(direction), Double.NaN);
    boolean full = backlog > FEW_BYTES;
    boolean idle = backlog <= FEW_BYTES && arrivals < LESS * limit;
    limitsNow = full && arrivals <= MORE * limit;
    if (limitsNow) {
      waitsHere = true;
      waitsBeyond = false;
    } else if (arrivals > MORE * limit && sinceCut > roundTrip) {
      waitsHere = false;
      waitsBeyond = true;
    } else if (idle) {
      waitsHere = false;
    }
    double baseline = observation.orElse(Metrics.BASELINE_DELAY, 0);
    open = idle && sinceDrops > RECOVERY + baseline;
  }

  /** Packets wait here: no queue elsewhere grows. */
  boolean isHere() {
    return waitsHere;
  }

  /** A queue at the link has been seen to drain, and has not been seen to be gone. */
  boolean isBeyond() {
    return waitsBeyond;
  }

  /** The limit that is in force at this moment is what holds the senders back. */
  boolean limitsNow() {
    return limitsNow;
  }

  /** Nothing waits here, less comes than might, and no loss of ours explains that. */
  boolean isOpen() {
    return open;
  }
}
