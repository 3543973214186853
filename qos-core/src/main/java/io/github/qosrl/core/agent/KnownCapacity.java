package io.github.qosrl.core.agent;

/**
 * What the congestions of one direction have said of its capacity: how large it is, how much it
 * moves, and for how long nothing has been heard of it. Rates in bit/s, times in seconds.
 *
 * <p>On a link that stands still the next congestion will be where the last was: as CUBIC does, one
 * approaches that place slowly, and hurries again when no congestion has been met for a while.
 */
final class KnownCapacity {
  /** Unrest before anything is known, and the time constant with which it is learned. */
  private static final double FIRST_UNREST = 0.1;

  private static final double UNREST_MEMORY = 1;
  private static final double LARGEST_CHANGE = 0.5;

  /** Below this unrest, the capacity stands still. */
  private static final double STEADY = 0.1;

  /** A rate is counted in whole packets over this long: half a packet more or less says nothing. */
  private static final double WINDOW = 0.05;

  private static final double HALF_PACKET_BITS = 0.5 * 1500 * 8;

  /** Less than this is carried only while nothing is sent. */
  private static final double LEAST_RATE = 1e4;

  /** Without congestion for this long, the capacity is left behind; fully after as long again. */
  private static final double NEAR = 0.3;

  private double rate = Double.NaN;
  private double unrest = FIRST_UNREST;
  private double calmFor;

  /**
   * A congested link carried this much.
   *
   * @param memory the time constant with which the capacity is averaged
   */
  void seen(double capacity, double elapsed, double memory) {
    if (!(capacity > LEAST_RATE)) {
      return;
    }
    if (Double.isNaN(rate)) {
      rate = capacity;
      return;
    }
    double noise = HALF_PACKET_BITS / (WINDOW * capacity);
    double change = Math.max(0, Math.abs(Math.log(capacity / rate)) - noise);
    unrest += weight(elapsed, UNREST_MEMORY) * (Math.min(LARGEST_CHANGE, change) - unrest);
    rate += weight(elapsed, memory) * (capacity - rate);
  }

  private static double weight(double elapsed, double memory) {
    return 1 - Math.exp(-elapsed / memory);
  }

  /** The link has carried this much, congested or not. */
  void carried(double atLeast) {
    if (atLeast > rate) {
      rate = atLeast;
    }
  }

  /** Congestion has begun. */
  void congested() {
    calmFor = 0;
  }

  /** Time without congestion. */
  void pass(double elapsed) {
    calmFor += elapsed;
  }

  /** NaN until something is known. */
  double rate() {
    return rate;
  }

  boolean isKnown() {
    return !Double.isNaN(rate);
  }

  /** Mean difference between the logarithms of the capacity and of its recent mean, 0 to 0.5. */
  double unrest() {
    return unrest;
  }

  boolean isSteady() {
    return unrest < STEADY;
  }

  /** Whether no congestion has been met for so long that the capacity must be another one. */
  boolean isLeftBehind() {
    return distance() == 1;
  }

  /** 0 next to the last congestion, 1 when it is left behind. */
  double distance() {
    return Math.max(0, Math.min(1, calmFor / NEAR - 1));
  }
}
