package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Our clock is at 0 when the printed one is at 1700000000, unless a test says otherwise. */
class PrintTimesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final PrintTimes times = new PrintTimes(START);

  private static Instant after(double millis) {
    return START.plusNanos(Math.round(millis * 1e6));
  }

  private static String line(int millis) {
    return "[17000000%02d.%03d] 64 bytes from 192.0.2.1".formatted(millis / 1000, millis % 1000);
  }

  private void reads(double nowMillis, String... lines) {
    times.read(List.of(lines), after(nowMillis));
  }

  @Test
  void linesReadTogetherKeepTheirDistances() {
    reads(100, line(20), line(70), line(100));
    assertEquals(after(20), times.of(line(20)));
    assertEquals(after(70), times.of(line(70)));
  }

  @Test
  void theDifferenceOfTheClocksIsKnownBetterWithEachReading() {
    reads(100, line(60));
    assertEquals(after(100), times.of(line(60)));
    // 35 ms less than at first, and then 5: all that is known is that no line is from the future.
    reads(200, line(195));
    assertEquals(after(200), times.of(line(195)));
    reads(300, line(300));
    assertEquals(after(300), times.of(line(300)));
    reads(400, line(310), line(360));
    assertEquals(after(310), times.of(line(310)));
    assertEquals(after(360), times.of(line(360)));
  }

  @Test
  void aClockThatIsSetBackMovesNothing() {
    reads(100, line(50), line(100));
    // An hour back, and then forth: what was printed between two readings stays between them,
    // and as far apart as it was.
    reads(200, "[1699996400.150] a", "[1699996400.200] b");
    assertEquals(after(100), times.of("[1699996400.150] a"));
    assertEquals(after(150), times.of("[1699996400.200] b"));
    reads(300, line(220), line(300));
    assertEquals(after(220), times.of(line(220)));
  }

  @Test
  void aLineThatDoesNotSayWasPrintedWhenItIsRead() {
    reads(100, line(100));
    reads(200, "64 bytes from 192.0.2.1", "[now] 64 bytes", "[12345678901.5] too long");
    assertEquals(after(200), times.of("64 bytes from 192.0.2.1"));
    assertEquals(after(200), times.of("[now] 64 bytes"));
    assertEquals(after(200), times.of("[12345678901.5] too long"));
  }

  @Property
  void whateverIsPrintedNoTimeLeavesItsReading(
      @ForAll List<String> garbage, @ForAll long seconds, @ForAll int fraction) {
    PrintTimes any = new PrintTimes(START);
    any.read(List.of(line(5)), after(10));
    List<String> lines = new ArrayList<>(garbage);
    lines.add("[" + seconds + "." + fraction + "] x");
    any.read(lines, after(20));
    for (String line : lines) {
      Duration at = Duration.between(START, any.of(line));
      assertFalse(at.toMillis() < 10 || at.toMillis() > 20, line + " at " + at);
    }
  }
}
