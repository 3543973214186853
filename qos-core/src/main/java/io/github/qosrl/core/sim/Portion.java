package io.github.qosrl.core.sim;

import java.util.Arrays;

/**
 * What moves of one flow in one step: bytes, and lost bytes as gaps, since that is how the far end
 * learns of them.
 *
 * <p>An object for each flow rather than arrays over the flows: a few flows are too few for vector
 * instructions, which would wait for what was just written piece by piece.
 */
final class Portion {
  double bytes;
  double gaps;

  /** One for each of so many flows. */
  static Portion[] of(int flows) {
    Portion[] portions = new Portion[flows];
    Arrays.setAll(portions, f -> new Portion());
    return portions;
  }

  void set(double newBytes, double newGaps) {
    bytes = newBytes;
    gaps = newGaps;
  }

  void set(Portion other) {
    set(other.bytes, other.gaps);
  }

  void add(double moreBytes, double moreGaps) {
    bytes += moreBytes;
    gaps += moreGaps;
  }

  /** Turns bytes into a gap. */
  void lose(double lost) {
    bytes -= lost;
    gaps += lost;
  }
}
