package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.probes.fping.FpingProbe;
import io.github.qosrl.probes.ping.PingProbe;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ping or fping printed: when it was started, lines with the time of each, a summary. */
final class EchoTranscript {

  private static final Pattern LINE = Pattern.compile("\\[(\\d+\\.\\d+)\\] .*");
  private static final Pattern REPLY =
      Pattern.compile(".*(?: : \\[|icmp_seq=)(\\d+)(?:\\], \\d+ bytes, | ttl=).*");
  private static final Pattern SENT = Pattern.compile("(\\d+) packets transmitted");
  private static final Pattern RECEIVED =
      Pattern.compile("(?:, (\\d+) received|xmt/rcv/%loss = \\d+/(\\d+)/)");
  private static final Pattern TIMES =
      Pattern.compile("min/avg/max(?:/mdev)? = ([\\d.]+)/([\\d.]+)/([\\d.]+)");
  private static final Pattern PASSED = Pattern.compile("\npassed (\\d+)");

  private final String text;
  private final List<String> lines = new ArrayList<>();
  private final List<Integer> arrivals;
  private int duplicates;

  /** The first line is the time of the start, in seconds. */
  EchoTranscript(String text) {
    this.text = text;
    Set<Integer> numbers = new LinkedHashSet<>();
    for (String line : text.lines().toList()) {
      Matcher reply = REPLY.matcher(line);
      if (LINE.matcher(line).matches()) {
        lines.add(line);
      }
      // fping marks no duplicates.
      if (reply.matches() && !numbers.add(Integer.parseInt(reply.group(1)))) {
        duplicates++;
      }
    }
    arrivals = List.copyOf(numbers);
  }

  /** The numbers of the packets answered, in the order of the first answers. */
  List<Integer> arrivals() {
    return arrivals;
  }

  /** How many answers came again. */
  int duplicates() {
    return duplicates;
  }

  @Override
  public String toString() {
    return text;
  }

  /** What ping says that it sent. */
  int sent() {
    return Integer.parseInt(find(SENT).group(1));
  }

  /** How many packets the tool says were answered; the doubled ones do not count. */
  int received() {
    Matcher counts = find(RECEIVED);
    return counts.group(1) != null
        ? Integer.parseInt(counts.group(1))
        : Integer.parseInt(counts.group(2)) - duplicates;
  }

  /** The shortest time, as the tool says; seconds. */
  double min() {
    return Double.parseDouble(find(TIMES).group(1)) / 1e3;
  }

  /** The mean, as the tool says; seconds. */
  double mean() {
    return Double.parseDouble(find(TIMES).group(2)) / 1e3;
  }

  /** The longest time, as the tool says; seconds. */
  double max() {
    return Double.parseDouble(find(TIMES).group(3)) / 1e3;
  }

  /** What the interface sent, for ping and fping together. */
  int passed() {
    return Integer.parseInt(find(PASSED).group(1));
  }

  private Matcher find(Pattern pattern) {
    Matcher matcher = pattern.matcher(text);
    assertTrue(matcher.find(), () -> "no '" + pattern + "' in " + text);
    return matcher;
  }

  /** Prints it again, in its own time, to a probe, which measures it as one window. */
  Measurement measure(String tool, EchoOptions options) throws Exception {
    FakeHost host = new FakeHost();
    VirtualClock clock = new VirtualClock();
    Instant now = instant(text.substring(0, text.indexOf('\n')));
    try (Probe probe =
        tool.equals("ping")
            ? PingProbe.open(host, options, clock)
            : FpingProbe.open(host, options, clock)) {
      for (String line : lines) {
        Matcher matcher = LINE.matcher(line);
        assertTrue(matcher.matches(), line);
        Instant then = instant(matcher.group(1));
        clock.advance(Duration.between(now, then));
        now = then;
        host.process().print(line + "\n");
      }
      return probe.measure(Duration.ofSeconds(1));
    }
  }

  private static Instant instant(String seconds) {
    BigDecimal nanos = new BigDecimal(seconds).movePointRight(9);
    return Instant.EPOCH.plusNanos(nanos.longValue());
  }
}
