package io.github.qosrl.core.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Capacities from files.
 *
 * <p>Two formats, both text with one whole number a line; empty lines and lines that start with
 * {@code #} are skipped:
 *
 * <ul>
 *   <li>Mahimahi's (mm-link(1)): a time in milliseconds at which one packet of 1,500 bytes can be
 *       delivered, never decreasing; the last time is the length of the trace;
 *   <li>rates: kbit/s for each bin of 100 ms.
 * </ul>
 *
 * Both play over and over.
 */
public final class CapacityTraces {
  private static final double OPPORTUNITY_BITS = 1500 * 8;
  private static final int MAX_LINES = 20_000_000;
  private static final Duration RATE_BIN = Duration.ofMillis(100);

  private CapacityTraces() {}

  /**
   * Reads a trace in Mahimahi's format, as it is: opportunities counted in every millisecond.
   *
   * @throws IOException if the file cannot be read, or is not such a trace
   */
  public static CapacityProcess mahimahi(Path file) throws IOException {
    long[] times = read(file);
    long length = times[times.length - 1];
    if (length < 1 || length > MAX_LINES) {
      throw new IOException(
          "%s: the trace is %d ms long; accepted: 1 to %d".formatted(file, length, MAX_LINES));
    }
    double[] rates = new double[(int) length];
    long before = 0;
    for (int i = 0; i < times.length; i++) {
      if (times[i] < before) {
        throw new IOException(
            "%s: number %d goes back from %d to %d ms".formatted(file, i + 1, before, times[i]));
      }
      before = times[i];
      // Time t falls into the millisecond that ends with it; 0 is the end of the round before.
      int bin = (int) ((times[i] + length - 1) % length);
      rates[bin] += OPPORTUNITY_BITS * 1000;
    }
    return CapacityProcess.trace(rates, Duration.ofMillis(1));
  }

  /**
   * Reads rates in kbit/s, one for each 100 ms.
   *
   * @throws IOException if the file cannot be read, or is not such a trace
   */
  public static CapacityProcess rates(Path file) throws IOException {
    return CapacityProcess.trace(
        Arrays.stream(read(file)).mapToDouble(kbit -> kbit * 1e3).toArray(), RATE_BIN);
  }

  private static long[] read(Path file) throws IOException {
    long[] numbers = new long[1024];
    int n = 0;
    int lineNumber = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lineNumber++;
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        if (n == MAX_LINES) {
          throw new IOException(file + ": more than " + MAX_LINES + " numbers");
        }
        if (n == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * n);
        }
        numbers[n++] = parse(file, lineNumber, text);
      }
    }
    if (n == 0) {
      throw new IOException(file + ": the trace is empty; expected one number a line");
    }
    return Arrays.copyOf(numbers, n);
  }

  private static long parse(Path file, int lineNumber, String text) throws IOException {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new IOException(
        "%s, line %d: '%s' is not a whole number of at least 0"
            .formatted(file, lineNumber, text.length() > 40 ? text.substring(0, 40) : text));
  }
}
