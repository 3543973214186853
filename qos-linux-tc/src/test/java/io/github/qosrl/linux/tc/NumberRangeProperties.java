package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NumberRangeProperties {

  @Property(tries = 300)
  void theBlocksCoverExactlyTheRange(
      @ForAll @IntRange(max = 65_535) int a,
      @ForAll @IntRange(max = 65_535) int b,
      @ForAll @IntRange(max = 65_535) int port) {
    NumberRange range = new NumberRange(Math.min(a, b), Math.max(a, b));
    List<String> blocks = range.masked();
    boolean within = port >= range.first() && port <= range.last();
    assertEquals(within ? 1 : 0, blocks.stream().filter(block -> matches(block, port)).count());
    assertTrue(blocks.stream().anyMatch(block -> matches(block, range.first())));
    assertTrue(blocks.stream().anyMatch(block -> matches(block, range.last())));
    assertTrue(blocks.size() <= 30, () -> blocks.size() + " blocks");
  }

  private static boolean matches(String block, int port) {
    String[] words = block.split(" ", 2);
    int value = Integer.parseInt(words[0]);
    int mask = Integer.decode(words[1]);
    return (port & mask) == value;
  }
}
