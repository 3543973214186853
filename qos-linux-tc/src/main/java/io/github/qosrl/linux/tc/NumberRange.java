package io.github.qosrl.linux.tc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A range of 16-bit numbers: TCP or UDP ports, or lengths of packets in bytes.
 *
 * @param first the first number
 * @param last the last number
 */
record NumberRange(int first, int last) {
  private static final int MAX = 65_535;

  NumberRange {
    if (first < 0 || last > MAX || first > last) {
      throw new IllegalArgumentException(
          "%d-%d is not a range; accepted: 0 to 65535, the smaller first".formatted(first, last));
    }
  }

  /** Reads {@code 443} or {@code 5060-5061}. */
  static NumberRange parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      int number = Match.number(text, MAX, "number");
      return new NumberRange(number, number);
    }
    return new NumberRange(
        Match.number(text.substring(0, dash), MAX, "number"),
        Match.number(text.substring(dash + 1), MAX, "number"));
  }

  /** The numbers of the range, each less an amount; empty if none stays above 0. */
  Optional<NumberRange> minus(int amount) {
    return last < amount
        ? Optional.empty()
        : Optional.of(new NumberRange(Math.max(0, first - amount), last - amount));
  }

  /**
   * The range as values with masks, the only thing u32 can compare: the fewest aligned blocks of a
   * power of two that cover it, at most 30.
   */
  List<String> masked() {
    List<String> blocks = new ArrayList<>();
    int start = first;
    while (start <= last) {
      int size = start == 0 ? MAX + 1 : Integer.lowestOneBit(start);
      while (start + size - 1 > last) {
        size >>= 1;
      }
      blocks.add("%d 0x%04x".formatted(start, ~(size - 1) & MAX));
      start += size;
    }
    return blocks;
  }
}
