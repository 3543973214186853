package io.github.qosrl.probes.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.FakeProcess;
import io.github.qosrl.core.contract.UmlKernel;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What ping prints on a full kernel while netem disturbs its packets, through this probe, against
 * what netem was told to do, and against ping's own summary: 1 % or 0.1 ms. netem is never early,
 * so delays are bounded strictly from below; from above by their median and minimum, and loosely,
 * since the simulated machine has one CPU, which its host may take away. Jitter is tested at four
 * standard deviations of its estimator, losses at five of the binomial distribution.
 */
class NetemIT {
  private static final List<String> DISTURBANCES =
      List.of(
          "delay 5ms",
          "delay 50ms",
          "delay 300ms",
          "delay 50ms 10ms",
          "loss 1%",
          "loss 10%",
          "loss 100%",
          "delay 100ms reorder 25%",
          "delay 5ms duplicate 20%");

  private static final int SENT = 140;

  private static final Pattern SUMMARY =
      Pattern.compile("rtt min/avg/max/mdev = ([\\d.]+)/([\\d.]+)/([\\d.]+)/");

  private static String script() {
    StringBuilder script = new StringBuilder();
    script.append("ip netns add far\n");
    script.append("ip link add wan0 type veth peer name eth0 netns far\n");
    script.append("ip addr add 10.213.7.1/24 dev wan0\nip link set wan0 up\n");
    script.append("ip netns exec far ip addr add 10.213.7.2/24 dev eth0\n");
    script.append("ip netns exec far ip link set eth0 up\n");
    for (String disturbance : DISTURBANCES) {
      script.append("ip netns exec far tc qdisc replace dev eth0 root netem limit 10000 ");
      script.append(disturbance).append("\necho 'CASE ").append(disturbance).append("'\n");
      // With a count, ping waits for what is still on its way when it has sent all.
      script.append("timeout 30 ping -n -D -O -i 0.05 -c ").append(SENT).append(" -W 1 10.213.7.2");
      script.append(" || true\n");
    }
    return script.toString();
  }

  /**
   * Plays what ping printed, at the speed at which it printed it, and measures it as one window.
   */
  private static Measurement measure(String printed) throws Exception {
    FakeHost host = new FakeHost();
    VirtualClock clock = new VirtualClock();
    EchoOptions options =
        EchoOptions.builder(List.of(Target.of("10.213.7.2")))
            .interval(Duration.ofMillis(50))
            .deadline(Duration.ofSeconds(1))
            .build();
    try (PingProbe probe = PingProbe.open(host, options, clock)) {
      host.process().print(printed.substring(0, printed.indexOf("\n--- ") + 1));
      awaitRead(host.process());
      // What follows is read when all before it is understood.
      host.process().print("\n");
      awaitRead(host.process());
      clock.advance(Duration.ofSeconds(2));
      return probe.measure(Duration.ofSeconds(1));
    }
  }

  private static void awaitRead(FakeProcess process) throws Exception {
    while (process.stdout().available() > 0) {
      Thread.sleep(5);
    }
  }

  private static void agreesWithTheSummary(String printed, Measurement m) {
    Matcher rtt = SUMMARY.matcher(printed);
    if (rtt.find() && !printed.contains("DUP!")) {
      List<Metric> metrics = List.of(Metrics.RTT_MIN, Metrics.RTT_MEAN, Metrics.RTT_MAX);
      for (int i = 0; i < 3; i++) {
        double said = Double.parseDouble(rtt.group(i + 1)) / 1e3;
        double seen = m.get(metrics.get(i)).orElseThrow();
        assertEquals(said, seen, Math.max(1e-4, said / 100), metrics.get(i) + " of " + m);
      }
    }
  }

  @Test
  void measuresWhatNetemDoes() throws Exception {
    UmlKernel.needed();
    String printed = UmlKernel.run(List.of("veth", "sch_netem"), script(), Duration.ofSeconds(180));
    Map<String, Measurement> results = new HashMap<>();
    for (String part : printed.split("CASE ", 0)) {
      int end = part.indexOf('\n');
      if (end > 0 && DISTURBANCES.contains(part.substring(0, end))) {
        Measurement m = measure(part.substring(end + 1));
        results.put(part.substring(0, end), m);
        agreesWithTheSummary(part, m);
      }
    }
    assertEquals(DISTURBANCES.size(), results.size(), printed);
    for (Measurement m : results.values()) {
      // ping says that a packet is unanswered when it sends the next: not of the last.
      assertEquals(SENT, m.get(Metrics.PROBES_SENT).orElseThrow(), 1, m.toString());
    }
    for (int delay : new int[] {5, 50, 300}) {
      Measurement m = Objects.requireNonNull(results.get("delay " + delay + "ms"));
      double expected = delay / 1e3;
      assertTrue(m.get(Metrics.RTT_MIN).orElseThrow() >= expected, m.toString());
      assertEquals(expected, m.get(Metrics.RTT_MIN).orElseThrow(), 0.003, m.toString());
      assertEquals(expected, m.get(Metrics.RTT_P50).orElseThrow(), 0.008, m.toString());
    }
    Measurement jittery = Objects.requireNonNull(results.get("delay 50ms 10ms"));
    double spread =
        jittery.get(Metrics.RTT_P50).orElseThrow() - jittery.get(Metrics.RTT_MIN).orElseThrow();
    assertEquals(0.010, spread, 0.004, jittery.toString());
    // Two values from a range of 20 ms differ by a third of it in the mean; J averages 16 of them.
    // One packet that a stalled machine held back leaves a sixteenth of its excess in J: not
    // netem's.
    if (jittery.get(Metrics.RTT_MAX).orElseThrow() < 0.075) {
      assertEquals(0.0067, jittery.get(Metrics.JITTER).orElseThrow(), 0.004, jittery.toString());
    }
    for (int percent : new int[] {1, 10, 100}) {
      Measurement m = Objects.requireNonNull(results.get("loss " + percent + "%"));
      double p = percent / 100.0;
      double error = 5 * Math.sqrt(p * (1 - p) / SENT) + 1.0 / SENT;
      assertEquals(p, m.get(Metrics.LOSS).orElseThrow(), error, m.toString());
    }
    // A packet is 100 ms early and they are 50 ms apart: it overtakes too few to call them lost.
    Measurement reordered = Objects.requireNonNull(results.get("delay 100ms reorder 25%"));
    assertEquals(
        reordered.get(Metrics.PROBES_SENT).orElseThrow(),
        reordered.get(Metrics.PROBES_RECEIVED).orElseThrow(),
        reordered.toString());
    Measurement doubled = Objects.requireNonNull(results.get("delay 5ms duplicate 20%"));
    assertTrue(
        doubled.get(Metrics.PROBES_RECEIVED).orElseThrow()
            <= doubled.get(Metrics.PROBES_SENT).orElseThrow(),
        doubled.toString());
  }
}
