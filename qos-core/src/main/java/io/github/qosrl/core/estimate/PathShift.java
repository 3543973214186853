package io.github.qosrl.core.estimate;

/**
 * Tells a path that has become longer from a queue: a queue is served at its capacity, so it drains
 * while less than that is let through, and what leaves it exceeds the limit until it is gone. A
 * delay that stays although a queue would be gone by now is the path's. Times in seconds, rates in
 * bit/s.
 */
final class PathShift {
  /** A shorter delay is left to the minimum of the signal itself. */
  private static final double TELLING = 0.02;

  /** Beyond the time that the queue takes to drain, a cut shows this much later. */
  private static final double LAG = 0.2;

  /** A queue would have lost more than this part of itself. */
  private static final double STAYS = 0.7;

  private double shift;
  private double atFirst;
  private double least;
  private double drained;

  /**
   * The part of a delay that is a queue.
   *
   * @param delay in excess of what the signal takes for the path
   * @param ours whether packets wait in our shaper and no more leaves the link than it lets through
   * @param limit of our shaper
   * @param capacity of the link as last seen; NaN if unknown
   */
  double queue(double delay, boolean ours, double limit, double capacity, double elapsed) {
    shift = Math.min(shift, delay);
    double queue = delay - shift;
    if (queue < TELLING || !ours) {
      drained = 0;
      return queue;
    }
    if (drained == 0) {
      atFirst = queue;
      least = queue;
    }
    least = Math.min(least, queue);
    double surplus = Double.isNaN(capacity) ? 0 : Math.max(0, 1 - limit / capacity);
    drained += Math.max(1e-9, surplus * elapsed);
    if (least < STAYS * atFirst) {
      drained = 0;
    } else if (drained > atFirst + LAG) {
      shift += least;
      drained = 0;
      return queue - least;
    }
    return queue;
  }
}
