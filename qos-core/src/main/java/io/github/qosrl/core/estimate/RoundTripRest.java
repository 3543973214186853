package io.github.qosrl.core.estimate;

import io.github.qosrl.core.Estimate;

/**
 * What a round trip waited on its way up: echoes less the download's one-way delay. The two are
 * sampled at other moments, between which a queue may come and go, so the smallest of either over
 * the same few ticks is taken. Times in seconds.
 */
final class RoundTripRest {
  private static final int TICKS = 3;

  /** Older ticks say nothing of the present. */
  private static final long FRESH = 200_000_000L;

  private final long[] at = new long[TICKS];
  private final double[] echoes = new double[TICKS];
  private final double[] downs = new double[TICKS];
  private int count;
  private int newest = -1;

  void reset() {
    count = 0;
    newest = -1;
  }

  /**
   * Takes in a tick.
   *
   * @param echo smallest inflation of the tick's echoes; NaN if there was none
   * @param down the download's queue
   */
  void add(long now, double echo, Estimate down) {
    newest = (newest + 1) % TICKS;
    count = Math.min(TICKS, count + 1);
    at[newest] = now;
    echoes[newest] = echo;
    downs[newest] = down.value();
  }

  /** The smallest rest; NaN if either is unknown. */
  double least() {
    double echo = Double.NaN;
    double down = Double.NaN;
    for (int i = 0; i < count; i++) {
      if (at[newest] - at[i] <= FRESH) {
        echo = lesser(echo, echoes[i]);
        down = lesser(down, downs[i]);
      }
    }
    return Math.max(0, echo - down);
  }

  /** The smaller of two, or the one that is known. */
  private static double lesser(double a, double b) {
    return Double.isNaN(a) || b < a ? b : a;
  }
}
