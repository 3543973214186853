package io.github.qosrl.core;

/**
 * What is believed of one direction at a tick. Immutable.
 *
 * @param direction which
 * @param queueDelay time that packets wait at the bottleneck beyond us, our own shaper not counted;
 *     seconds
 * @param departures rate at which bytes leave the bottleneck: its capacity while its queue stands,
 *     else at most that; bit/s
 * @param capacity of the bottleneck; bit/s
 * @param limit who holds the direction back
 * @param shaperDelay time that packets wait in our own shaper: its backlog at its limit; seconds, 0
 *     if unknown
 * @param coverage part of the direction's bytes that a passive signal speaks for, 0 to 1
 */
public record DirectionState(
    Direction direction,
    Estimate queueDelay,
    Estimate departures,
    Estimate capacity,
    LimitingFactor limit,
    double shaperDelay,
    double coverage) {

  /** Nothing is known of it. */
  public static DirectionState unknown(Direction direction) {
    return new DirectionState(
        direction,
        Estimate.UNKNOWN,
        Estimate.UNKNOWN,
        Estimate.UNKNOWN,
        LimitingFactor.UNKNOWN,
        0,
        0);
  }
}
