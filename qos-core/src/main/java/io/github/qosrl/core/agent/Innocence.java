package io.github.qosrl.core.agent;

/**
 * Whether a queue is another's: while a direction is limited by a telling cut, a queue of its own
 * would drain. If the delay has not fallen by then, the queue is not its own. Times in seconds.
 */
final class Innocence {
  /** A limit of this part of what it was should make a queue shorter. */
  private static final double TELLING = 0.9;

  /** So much delay would have gone in each second. */
  private static final double LEAST_FALL = 0.03;

  /** Beyond a round trip, the cut shows after this long. */
  private static final double LAG = 0.2;

  private static final double LASTS = 2;

  private double cutFor;
  private double inflationAtCut;
  private double provenFor;

  /** Whether a limit of this part of what it was tells. */
  boolean isTelling(double part) {
    return part <= TELLING;
  }

  void pass(double elapsed) {
    provenFor -= elapsed;
  }

  /** No queue is there that it could be guilty of. */
  void isNoQuestion() {
    cutFor = 0;
  }

  /**
   * Takes in a tick of congestion, and tells whether that was the proof.
   *
   * @param cut whether a telling cut holds the direction back
   */
  boolean isShown(boolean cut, double inflation, double baseline, double elapsed) {
    if (!cut || inflation < inflationAtCut - LEAST_FALL * cutFor) {
      cutFor = 0;
      inflationAtCut = inflation;
      return false;
    }
    cutFor += elapsed;
    if (cutFor <= LAG + baseline + inflationAtCut) {
      return false;
    }
    cutFor = 0;
    provenFor = LASTS;
    return true;
  }

  boolean isProven() {
    return provenFor > 0;
  }
}
