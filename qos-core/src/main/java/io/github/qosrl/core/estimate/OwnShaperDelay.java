package io.github.qosrl.core.estimate;

/**
 * What our own shaper adds to the delay of echoes, where they wait there behind everything else: a
 * plain FIFO. CAKE and fq_codel let them pass, and so does the least delay that shows while much
 * waits. Times in seconds.
 */
final class OwnShaperDelay {
  /** So much must wait here for a delay to tell anything. */
  private static final double TELLING = 0.01;

  /** Ticks that speak for a FIFO beyond those that speak against it, each of which weighs more. */
  private static final int ENOUGH = 20;

  private static final int MOST = 60;
  private static final int WEIGHT_AGAINST = 4;

  private double before;
  private int evidence;

  void reset() {
    before = 0;
    evidence = 0;
  }

  /**
   * The part of an inflation that is not our shaper's.
   *
   * @param waiting what the backlogs of our shaper take at their limits, both directions together
   */
  double without(double inflation, double waiting) {
    double least = Math.min(waiting, before);
    before = waiting;
    if (least > TELLING && !Double.isNaN(inflation)) {
      boolean passed = inflation < 0.5 * least;
      evidence = passed ? Math.max(0, evidence - WEIGHT_AGAINST) : Math.min(MOST, evidence + 1);
    }
    return without(inflation);
  }

  /** The same of another inflation of the same tick. */
  double without(double inflation) {
    return evidence >= ENOUGH ? Math.max(0, inflation - before) : inflation;
  }
}
