package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.probes.fping.FpingTimestampProbe;
import io.github.qosrl.probes.irtt.IrttProbe;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program printed while the network changed: the time of the change, and then lines that
 * each begin with the time at which they were printed; all in seconds.
 */
final class TimedTranscript {
  private static final Duration WINDOW = Duration.ofMillis(100);
  private static final Duration SETTLING = Duration.ofSeconds(1);
  private static final Duration BEFORE = Duration.ofSeconds(8);
  private static final Pattern STAMPED =
      Pattern.compile("\\[(?<time>\\d+\\.\\d+)\\] .*|(?<stamp>\\d+\\.\\d+) (?<rest>.*)");

  private final String text;

  TimedTranscript(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }

  /**
   * Prints it again, in its own time, to a probe: the windows from a second after the change on.
   */
  List<Measurement> measure(String id, EchoOptions options) throws Exception {
    FakeHost host = new FakeHost();
    VirtualClock clock = new VirtualClock();
    List<Measurement> windows = new ArrayList<>();
    List<String> lines = text.lines().toList();
    Instant counted = instant(lines.get(0)).plus(SETTLING);
    Instant now = instant(lines.get(0)).minus(BEFORE);
    Instant next = now.plus(WINDOW);
    try (Probe probe =
        id.equals("irtt")
            ? IrttProbe.open(host, options, "", clock)
            : FpingTimestampProbe.open(host, options, clock)) {
      for (String line : lines.subList(1, lines.size())) {
        Matcher stamped = STAMPED.matcher(line);
        if (!stamped.matches()) {
          continue;
        }
        Instant then = instant(stamped.group(stamped.group("rest") == null ? "time" : "stamp"));
        for (; next.isBefore(then); next = next.plus(WINDOW)) {
          clock.advance(Duration.between(now, next));
          now = next;
          Measurement window = probe.measure(WINDOW);
          if (now.isAfter(counted)) {
            windows.add(window);
          }
        }
        clock.advance(Duration.between(now, then));
        now = then;
        host.process().print((stamped.group("rest") == null ? line : stamped.group("rest")) + "\n");
      }
    }
    return windows;
  }

  private static Instant instant(String seconds) {
    return Instant.EPOCH.plusNanos(new BigDecimal(seconds).movePointRight(9).longValue());
  }

  /** Of three in four windows, the direction's inflation is longer; milliseconds. */
  static double quartileMillis(List<Measurement> windows, Direction direction) {
    double[] sorted =
        windows.stream()
            .flatMapToDouble(m -> m.get(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(direction)).stream())
            .sorted()
            .toArray();
    assertTrue(sorted.length > 10, "windows with a figure: " + Arrays.toString(sorted));
    return sorted[sorted.length / 4] * 1e3;
  }
}
