package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.contract.UmlKernel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ping and fping print on a full kernel while netem disturbs their packets, through our
 * probes, against what netem was told to do, and against the tools' own summaries: 1 % or 0.1 ms.
 * netem is never early, so delays are bounded strictly from below. From above they are bounded by
 * their minimum, and by their median less what the machine adds: the simulated machine has one CPU,
 * which its host may take away, and all disturbances run at once, so a delay of 5 ms shows what
 * that added to the others. Jitter is tested at four standard deviations of its estimator, losses
 * at five of the binomial distribution.
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

  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** fping says nothing of a lost packet for 10 s. */
  private static final int SECONDS = 12;

  /** What each tool printed while each disturbance was in force. */
  private static final Map<String, EchoTranscript> TRANSCRIPTS = new LinkedHashMap<>();

  private static String address(int network, int host) {
    return "10.213.%d.%d".formatted(network, host);
  }

  /** A cable to a host of its own for each disturbance, which disturbs what that host answers. */
  private static String script() {
    StringBuilder script = new StringBuilder("cd /run\n");
    for (int i = 0; i < DISTURBANCES.size(); i++) {
      // Nothing but echoes passes: what is lost is no question for an address.
      String cable =
          """
          ip netns add far%1$d
          ip link add wan%1$d address 02:00:00:00:01:0%1$d type veth peer name eth0 address 02:00:00:00:02:0%1$d netns far%1$d
          ip addr add %2$s/24 dev wan%1$d
          ip -n far%1$d addr add %3$s/24 dev eth0
          ip -n far%1$d link set eth0 up
          ip -n far%1$d neigh replace %2$s lladdr 02:00:00:00:01:0%1$d dev eth0
          [ ! -e /proc/sys/net/ipv6 ] || echo 1 >/proc/sys/net/ipv6/conf/wan%1$d/disable_ipv6
          ip link set wan%1$d up
          ip neigh replace %3$s lladdr 02:00:00:00:02:0%1$d dev wan%1$d
          ip netns exec far%1$d tc qdisc replace dev eth0 root netem limit 10000 %4$s
          """;
      script.append(cable.formatted(i, address(i, 1), address(i, 2), DISTURBANCES.get(i)));
    }
    for (int i = 0; i < DISTURBANCES.size(); i++) {
      for (String tool : List.of("ping -n -D -O -i 0.05", "fping -l -D -t 10000 -p 50 -i 50")) {
        String file = tool.substring(0, tool.indexOf(' ')) + i;
        script.append("date +%s.%N >").append(file).append('\n');
        script.append("timeout -s INT ").append(SECONDS).append(' ').append(tool).append(' ');
        script.append(address(i, 2)).append(" >>").append(file).append(" 2>&1 &\n");
      }
    }
    script.append("wait\n");
    for (int i = 0; i < DISTURBANCES.size(); i++) {
      for (String tool : List.of("ping", "fping")) {
        script.append("echo 'CASE ").append(tool).append(' ').append(DISTURBANCES.get(i));
        script.append("'\ncat ").append(tool).append(i).append('\n');
        script.append("echo passed $(cat /sys/class/net/wan").append(i);
        script.append("/statistics/tx_packets)\n");
      }
    }
    return script.toString();
  }

  @BeforeAll
  static void disturbAllAtOnce() throws Exception {
    UmlKernel.needed();
    String printed = UmlKernel.run(List.of("veth", "sch_netem"), script(), Duration.ofMinutes(2));
    for (String part : printed.split("CASE ", 0)) {
      int end = part.indexOf('\n');
      if (end > 0) {
        TRANSCRIPTS.put(part.substring(0, end), new EchoTranscript(part.substring(end + 1)));
      }
    }
    assertEquals(2 * DISTURBANCES.size(), TRANSCRIPTS.size(), printed);
  }

  private static EchoTranscript transcript(String tool, String disturbance) {
    return Objects.requireNonNull(TRANSCRIPTS.get(tool + " " + disturbance), disturbance);
  }

  private static Measurement measure(String tool, String disturbance) throws Exception {
    int number = DISTURBANCES.indexOf(disturbance);
    EchoOptions options =
        EchoOptions.builder(List.of(Target.of(address(number, 2))))
            .interval(INTERVAL)
            .deadline(Duration.ofSeconds(1))
            .build();
    return transcript(tool, disturbance).measure(tool, options);
  }

  private static double get(Measurement m, Metric metric) {
    return m.get(metric).orElseThrow(() -> new AssertionError(metric + " is not in " + m));
  }

  /** What the machine adds to the median of the delays at that time, beside what netem does. */
  private static double held(String tool) throws Exception {
    return Math.max(0, get(measure(tool, "delay 5ms"), Metrics.RTT_P50) - 0.005);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void agreesWithTheToolsSummary(String tool) throws Exception {
    for (String disturbance : DISTURBANCES) {
      EchoTranscript shown = transcript(tool, disturbance);
      Measurement m = measure(tool, disturbance);
      assertEquals(
          shown.received(), get(m, Metrics.PROBES_RECEIVED), disturbance + ": " + m + shown);
      assertEquals(shown.arrivals().size(), shown.received(), disturbance + ": " + shown);
      if (shown.received() > 0) {
        agree(shown.min(), m, Metrics.RTT_MIN);
        agree(shown.max(), m, Metrics.RTT_MAX);
      }
      // The tools count a doubled answer's time twice.
      if (shown.received() > 0 && shown.duplicates() == 0) {
        agree(shown.mean(), m, Metrics.RTT_MEAN);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void countsWhatTheInterfaceSent(String tool) throws Exception {
    for (String disturbance : DISTURBANCES) {
      Measurement m = measure(tool, disturbance);
      // Of what is on its way, the period alone tells; of what is silent, with the slip of 10 s.
      boolean silent = m.orElse(Metrics.PROBES_RECEIVED, 0) == 0;
      double onItsWay = (silent ? 10 : m.orElse(Metrics.RTT_P50, 0)) / INTERVAL.toMillis() * 1e3;
      double tolerance = 2 + (tool.equals("fping") ? onItsWay : 0);
      assertEquals(sent(tool, disturbance), get(m, Metrics.PROBES_SENT), tolerance, m.toString());
    }
  }

  /** ping says what it sent, fping only what became of it; the interface counts both. */
  private static int sent(String tool, String disturbance) {
    int byPing = transcript("ping", disturbance).sent();
    return tool.equals("ping") ? byPing : transcript(tool, disturbance).passed() - byPing;
  }

  private static void agree(double said, Measurement m, Metric metric) {
    assertEquals(said, get(m, metric), Math.max(1e-4, said / 100), metric + " of " + m);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void measuresDelay(String tool) throws Exception {
    for (int delay : new int[] {5, 50, 300}) {
      Measurement m = measure(tool, "delay " + delay + "ms");
      double expected = delay / 1e3;
      assertTrue(get(m, Metrics.RTT_MIN) >= expected, m.toString());
      assertEquals(expected, get(m, Metrics.RTT_MIN), 0.003, m.toString());
      assertEquals(expected, get(m, Metrics.RTT_P50), 0.003 + 2 * held(tool), m.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void measuresJitter(String tool) throws Exception {
    Measurement m = measure(tool, "delay 50ms 10ms");
    double spread = get(m, Metrics.RTT_P50) - get(m, Metrics.RTT_MIN);
    assertEquals(0.010, spread, 0.004 + 2 * held(tool), m.toString());
    // Two values from a range of 20 ms differ by a third of it in the mean; J averages 16 of them.
    // One packet that a stalled machine held back leaves a sixteenth of its excess in J: not
    // netem's.
    if (get(m, Metrics.RTT_MAX) < 0.075) {
      assertEquals(0.0067, get(m, Metrics.JITTER), 0.004, m.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void measuresLoss(String tool) throws Exception {
    for (int percent : new int[] {1, 10, 100}) {
      Measurement m = measure(tool, "loss " + percent + "%");
      int sent = sent(tool, "loss " + percent + "%");
      double p = percent / 100.0;
      double error = 5 * Math.sqrt(p * (1 - p) / sent) + 1.0 / sent;
      assertEquals(p, get(m, Metrics.LOSS), error, m.toString());
    }
  }

  /**
   * A packet that is 100 ms early overtakes two, since they are 50 ms apart: none is lost. Where
   * the machine let more of them come together, what was overtaken thrice counts as lost.
   */
  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void lateIsNotLost(String tool) throws Exception {
    Measurement m = measure(tool, "delay 100ms reorder 25%");
    List<Integer> arrivals = transcript(tool, "delay 100ms reorder 25%").arrivals();
    assertNotEquals(arrivals.stream().sorted().toList(), arrivals, "nothing was reordered");
    int overtaken = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      int number = arrivals.get(i);
      long before = arrivals.subList(0, i).stream().filter(other -> other > number).count();
      overtaken += before >= EchoOptions.REORDERING ? 1 : 0;
    }
    double one = 1.0 / arrivals.size();
    assertEquals(overtaken * one, get(m, Metrics.LOSS), one, m.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void countsADoubledAnswerOnce(String tool) throws Exception {
    EchoTranscript doubled = transcript(tool, "delay 5ms duplicate 20%");
    assertTrue(doubled.duplicates() > 0, "nothing was doubled: " + doubled);
    Measurement m = measure(tool, "delay 5ms duplicate 20%");
    assertTrue(get(m, Metrics.PROBES_RECEIVED) <= get(m, Metrics.PROBES_SENT), m.toString());
    assertEquals(0, get(m, Metrics.LOSS), m.toString());
  }
}
