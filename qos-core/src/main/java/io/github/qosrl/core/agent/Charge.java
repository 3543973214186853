package io.github.qosrl.core.agent;

/**
 * What one direction is charged with when a delay shows.
 *
 * @param inflation the part of the delay inflation that it is to answer for, in seconds; NaN if
 *     none is known
 * @param noise inflation that is nobody's doing, in seconds
 * @param guilty whether it is to give way if that is too much
 * @param sure whether no other direction is to give way as well
 * @param alone whether no other direction can have made the queue
 */
record Charge(double inflation, double noise, boolean guilty, boolean sure, boolean alone) {

  /** Of the only direction there is. */
  static Charge ofOnly(double inflation, double noise) {
    return new Charge(inflation, noise, true, true, true);
  }
}
