package io.github.qosrl.linux.tc;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of TCP or UDP ports.
 *
 * @param first the first port
 * @param last the last port
 */
record PortRange(int first, int last) {
  private static final int MAX = 65_535;

  PortRange {
    if (first < 0 || last > MAX || first > last) {
      throw new IllegalArgumentException(
          "ports %d-%d are not accepted; accepted: 0 to 65535, the smaller first"
              .formatted(first, last));
    }
  }

  /** Reads {@code 443} or {@code 5060-5061}. */
  static PortRange parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      int port = Match.number(text, MAX, "port");
      return new PortRange(port, port);
    }
    return new PortRange(
        Match.number(text.substring(0, dash), MAX, "port"),
        Match.number(text.substring(dash + 1), MAX, "port"));
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
