package io.github.qosrl.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityTest {
  private static final BitRate MBIT_8 = BitRate.ofMegabits(8);

  @TempDir Path folder;

  private static CapacityProcess.Realization begin(CapacityProcess process) {
    return process.begin(new SplittableRandom(1));
  }

  private static double meanBitRate(CapacityProcess process, double seconds) {
    CapacityProcess.Realization course = begin(process);
    double bytes = 0;
    int steps = (int) (seconds / 0.005);
    for (int i = 0; i < steps; i++) {
      bytes += course.advance(0.005);
    }
    return 8 * bytes / seconds;
  }

  @Test
  void aConstantCapacityStays() {
    CapacityProcess.Realization course = begin(CapacityProcess.constant(MBIT_8));
    assertEquals(1e6, course.advance(1), 1e-6);
    assertEquals(5e3, course.advance(0.005), 1e-6);
    assertEquals(1e10, course.advance(10_000), 1);
  }

  @Test
  void stepsTakeTurns() {
    CapacityProcess steps =
        CapacityProcess.steps(Duration.ofSeconds(2), List.of(MBIT_8, MBIT_8.times(2)));
    CapacityProcess.Realization course = begin(steps);
    assertEquals(1e6, course.advance(1), 1e-3);
    assertEquals(3e6, course.advance(2), 1e-3);
    assertEquals(2e6, course.advance(1), 1e-3);
    assertEquals(1e6, course.advance(1), 1e-3);
    assertEquals(MBIT_8.times(1.5), steps.mean());
  }

  @Test
  void aFadingCapacityKeepsItsMeanAndItsSpread() {
    CapacityProcess fading = CapacityProcess.constant(MBIT_8).fading(0.5, Duration.ofSeconds(1));
    assertEquals(8e6, meanBitRate(fading, 20_000), 0.3e6);
    CapacityProcess.Realization course = begin(fading);
    double sum = 0;
    double squares = 0;
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      double log = Math.log(course.advance(0.02));
      course.advance(0.98);
      sum += log;
      squares += log * log;
    }
    double sigma = Math.sqrt(squares / n - sum / n * (sum / n));
    assertEquals(0.5, sigma, 0.03);
  }

  @Test
  void outagesTakeTheirPartOfTheTime() {
    CapacityProcess process =
        CapacityProcess.constant(MBIT_8).withOutages(Duration.ofSeconds(6), Duration.ofSeconds(2));
    assertEquals(6e6, meanBitRate(process, 100_000), 0.2e6);
  }

  @Test
  void boundsHold() {
    CapacityProcess.Realization course =
        begin(
            CapacityProcess.constant(MBIT_8)
                .fading(1, Duration.ofSeconds(1))
                .within(MBIT_8.times(0.5), MBIT_8));
    for (int i = 0; i < 10_000; i++) {
      double bytes = course.advance(0.005);
      assertTrue(bytes >= 2.5e3 - 1e-6 && bytes <= 5e3 + 1e-6, "passed " + bytes);
    }
  }

  @Test
  void aReallocatedCapacityStaysBetweenItsTimes() {
    CapacityProcess process = CapacityProcess.reallocated(MBIT_8, 0.5, Duration.ofSeconds(15));
    CapacityProcess.Realization course = begin(process);
    int changes = 0;
    double before = course.advance(0.1);
    for (int i = 1; i < 6_000; i++) {
      double now = course.advance(0.1);
      changes += Math.abs(now - before) > 1e-6 ? 1 : 0;
      before = now;
    }
    assertEquals(60, changes, 25);
  }

  @Test
  void aMahimahiTraceDeliversAPacketATimeAndLoops() throws IOException {
    CapacityProcess process = CapacityTraces.mahimahi(write("1\n1\n3\n10\n"));
    CapacityProcess.Realization course = begin(process);
    assertEquals(3000, course.advance(0.001), 1e-6);
    assertEquals(0, course.advance(0.001), 1e-6);
    assertEquals(1500, course.advance(0.001), 1e-6);
    assertEquals(1500, course.advance(0.007), 1e-6);
    assertEquals(3000, course.advance(0.001), 1e-6);
    assertEquals(BitRate.ofBitsPerSecond(4 * 12_000 / 0.01), process.mean());
  }

  @Test
  void ratesAreKilobitsForEachTenthOfASecond() throws IOException {
    CapacityProcess process = CapacityTraces.rates(write("# kbit/s\n8000\n\n16000\n"));
    assertEquals(1e5 + 2e5, begin(process).advance(0.2), 1e-3);
  }

  @Test
  void aBrokenTraceIsOneLineThatSaysWhere() throws IOException {
    assertMessage("line 2: 'x' is not a whole number", "1\nx\n");
    assertMessage("is not a whole number of at least 0", "-1\n");
    assertMessage("empty", "\n# nothing\n");
    assertMessage("goes back from 5 to 4 ms", "5\n4\n");
    assertMessage("0 ms long", "0\n");
    assertThrows(IOException.class, () -> CapacityTraces.mahimahi(folder.resolve("none")));
  }

  private void assertMessage(String part, String text) throws IOException {
    Path file = write(text);
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> CapacityTraces.mahimahi(file)).getMessage());
    assertTrue(message.contains(part), message);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("trace"), text);
  }

  @Test
  void impossibleProcessesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> CapacityProcess.trace(new double[0], Duration.ofMillis(100)));
    assertThrows(
        IllegalArgumentException.class,
        () -> CapacityProcess.trace(new double[] {-1}, Duration.ofMillis(100)));
    CapacityProcess flat = CapacityProcess.constant(MBIT_8);
    assertThrows(IllegalArgumentException.class, () -> flat.fading(3, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> flat.fading(1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> flat.within(MBIT_8.times(2), MBIT_8));
    assertThrows(
        IllegalArgumentException.class,
        () -> flat.withOutages(Duration.ZERO, Duration.ofSeconds(1)));
  }
}
