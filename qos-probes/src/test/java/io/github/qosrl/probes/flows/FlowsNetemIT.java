package io.github.qosrl.probes.flows;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.contract.UmlKernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the flows probe makes of packets on a full kernel, against what netem was told to do and
 * what iperf3 received. A router in the middle delays each direction by itself; tcpdump looks on
 * with the probe's own filters, and its packets are read afterwards, so that the machine's load
 * does not show.
 *
 * <p>netem is never early, but the simulated machine's one CPU may be late: delays are compared by
 * the lower quartile of the windows of a phase.
 */
class FlowsNetemIT {
  /** Milliseconds that netem adds in the download and in the upload, one phase after the other. */
  private static final int[][] PHASES = {
    {0, 0}, {5, 0}, {0, 0}, {50, 0}, {0, 0}, {300, 0}, {0, 0}, {0, 5}, {0, 0}, {0, 50}, {0, 0},
    {0, 300}
  };

  private static final int PHASE_SECONDS = 3;

  /** What netem does to the upload, while iperf3 fills it. */
  private static final List<String> UPLOADS =
      List.of(
          "delay 10ms rate 2mbit",
          "delay 10ms rate 2mbit loss 1%",
          "delay 20ms reorder 25% rate 2mbit");

  /** Tags that the router and the near host put before their packets, on one more path each. */
  private static final List<String> TAGS =
      List.of(
          "ip link add link DEVICE name tag type vlan id 7",
          "ip link add link DEVICE name outer type vlan protocol 802.1ad id 5\n"
              + "ip link set outer up\n"
              + "ip link add link outer name tag type vlan id 7");

  private static final int UPLOAD_SECONDS = 33;
  private static final Duration WINDOW = Duration.ofMillis(50);
  private static final int SEGMENT = 1448;

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
  static Path directory;

  private static String script() {
    StringBuilder script = new StringBuilder("cd " + directory + "\n");
    for (int i = 0; i <= UPLOADS.size(); i++) {
      script.append(path(i));
    }
    for (int i = 0; i <= UPLOADS.size(); i++) {
      script.append(
          """
          until [ $(ip netns exec far%1$d ss -ltn | grep -c ':520[12]') = 2 ]; do sleep 0.1; done
          until [ -s in%1$d ] && [ -s out%1$d ]; do sleep 0.1; done
          """
              .formatted(i));
    }
    int steps = UPLOADS.size();
    for (String reverse : List.of("", "-R -p 5202")) {
      script.append(
          "ip netns exec near%1$d iperf3 -c 10.213.%1$d.2 %2$s".formatted(steps, reverse));
      script.append(
          " -t %d -b 1M -l 2896 >>steps%d.txt 2>&1 &\n"
              .formatted(PHASES.length * (PHASE_SECONDS + 1), reverse.length()));
    }
    script.append("sleep 2\n");
    for (int[] phase : PHASES) {
      script.append(
          """
          tc -n mid%1$d qdisc change dev left root netem limit 10000 delay %2$dms
          tc -n mid%1$d qdisc change dev right root netem limit 10000 delay %3$dms
          date +%%s.%%N >>phases
          sleep %4$d
          """
              .formatted(steps, 10 + phase[0], 10 + phase[1], PHASE_SECONDS));
    }
    for (int i = 0; i < UPLOADS.size(); i++) {
      script.append(
          """
          tc -n mid%1$d qdisc change dev right root netem %2$s
          ip netns exec near%1$d iperf3 -c 10.213.%1$d.2 -w 128K -t %3$d -i 1 -J --get-server-output >upload%1$d.json &
          uploads="$uploads $!"
          """
              .formatted(i, UPLOADS.get(i), UPLOAD_SECONDS));
    }
    script.append(tagged());
    return script + "wait $uploads\nsync\n";
  }

  private static String tagged() {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < TAGS.size(); i++) {
      int path = UPLOADS.size() + 1 + i;
      script.append(path(path));
      for (String end : List.of("near wan0 1", "mid left 2")) {
        String[] words = end.split(" ", -1);
        String prefix = "ip -n " + words[0] + path;
        String add = TAGS.get(i).replace("DEVICE", words[1]).replaceAll("(?m)^ip", prefix);
        script.append(add).append('\n').append(prefix).append(" link set tag up\n");
        script.append("%s addr add 10.214.%d.%s/24 dev tag%n".formatted(prefix, path, words[2]));
      }
      script.append(
          """
          ip netns exec mid%1$d iperf3 -s -D >/dev/null
          sleep 1
          ip netns exec near%1$d iperf3 -c 10.214.%1$d.2 -t 3 -b 1M >/dev/null
          ip netns exec near%1$d iperf3 -c 10.214.%1$d.2 -t 3 -b 1M -R >/dev/null
          """
              .formatted(path));
    }
    return script.toString();
  }

  /** A near host, a router that delays, and a far host with servers. */
  private static String path(int i) {
    return """
        ip netns add near%1$d
        ip netns add mid%1$d
        ip netns add far%1$d
        ip link add wan0 netns near%1$d type veth peer name left netns mid%1$d
        ip link add right netns mid%1$d type veth peer name eth0 netns far%1$d
        for one in near%1$d:wan0 mid%1$d:left mid%1$d:right far%1$d:eth0; do
          ip netns exec ${one%%:*} ethtool -K ${one#*:} gso off tso off gro off >/dev/null
          ip -n ${one%%:*} link set ${one#*:} up
        done
        ip -n near%1$d addr add 10.212.%1$d.1/24 dev wan0
        ip -n mid%1$d addr add 10.212.%1$d.2/24 dev left
        ip -n mid%1$d addr add 10.213.%1$d.1/24 dev right
        ip -n far%1$d addr add 10.213.%1$d.2/24 dev eth0
        ip -n near%1$d route add default via 10.212.%1$d.2
        ip -n far%1$d route add default via 10.213.%1$d.1
        ip netns exec mid%1$d sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
        tc -n mid%1$d qdisc add dev left root netem limit 10000 delay 10ms
        tc -n mid%1$d qdisc add dev right root netem limit 10000 delay 10ms
        ip netns exec far%1$d iperf3 -s -J -D >/dev/null
        ip netns exec far%1$d iperf3 -s -D -p 5202 >/dev/null
        ip netns exec near%1$d tcpdump -i wan0 -Z root -U -n -p -s 136 -w - '%2$s' >in%1$d 2>/dev/null &
        ip netns exec near%1$d tcpdump -i wan0 -Z root -U -n -p -s 136 -w - '%3$s' >out%1$d 2>/dev/null &
        """
        .formatted(
            i,
            TcpFilter.expression(DOWNLOAD, true, Sampling.ALL),
            TcpFilter.expression(UPLOAD, true, Sampling.ALL));
  }

  private static String printed = "";

  @BeforeAll
  static void send() throws Exception {
    UmlKernel.needed();
    printed =
        UmlKernel.run(
            List.of("veth", "sch_netem", "llc", "stp", "garp", "mrp", "8021q"),
            script(),
            Duration.ofMinutes(3));
    assertTrue(printed.contains("exit code 0"), printed);
  }

  private static List<Measurement> windows(int path) throws Exception {
    return FlowReplay.windows(
        directory.resolve("in" + path), directory.resolve("out" + path), WINDOW);
  }

  /** The lower quartile of a metric over the windows, in milliseconds. */
  private static double quartile(
      List<Measurement> windows, Metric metric, Predicate<Measurement> when) {
    double[] values =
        windows.stream()
            .filter(when)
            .flatMapToDouble(m -> m.get(metric).stream())
            .sorted()
            .toArray();
    assertTrue(values.length > 5, metric + " is missing: " + values.length);
    return 1e3 * values[values.length / 4];
  }

  @Test
  void seesADelayInTheDirectionThatHasIt() throws Exception {
    List<Measurement> windows = windows(UPLOADS.size());
    List<String> starts = Files.readAllLines(directory.resolve("phases"));
    StringBuilder wrong = new StringBuilder();
    // What the one processor of that kernel adds to every packet, by the first phase without delay.
    double lateDown = 0;
    double lateUp = 0;
    for (int i = 0; i < PHASES.length; i++) {
      String[] start = starts.get(i).split("\\.", 2);
      Instant from =
          Instant.ofEpochSecond(Long.parseLong(start[0]), Long.parseLong(start[1]))
              .plusMillis(1000);
      Instant to = from.plusSeconds(PHASE_SECONDS - 1);
      Predicate<Measurement> within = m -> m.from().isAfter(from) && m.to().isBefore(to);
      int down = PHASES[i][0];
      int up = PHASES[i][1];
      Metric oneWay = FlowMetrics.FLOW_ONE_WAY_INFLATION;
      double seenDown = quartile(windows, oneWay.in(DOWNLOAD), within) - lateDown;
      double seenUp = quartile(windows, oneWay.in(UPLOAD), within) - lateUp;
      double seenBoth = quartile(windows, FlowMetrics.FLOW_ACK_INFLATION.in(UPLOAD), within);
      if (i == 0) {
        lateDown = seenDown;
        lateUp = seenUp;
        continue;
      }
      if (isOff(down, seenDown) || isOff(up, seenUp) || Math.abs(seenBoth - down - up) > 2) {
        wrong.append(
            "%d and %d ms are seen as %.2f, %.2f and together %.2f%n"
                .formatted(down, up, seenDown, seenUp, seenBoth));
      }
    }
    assertEquals("", wrong.toString());
  }

  private static boolean isOff(int expected, double seen) {
    return Math.abs(seen - expected) > (expected == 0 ? 0.5 : 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void seesThroughVlanTags(int tags) throws Exception {
    List<Measurement> windows = windows(UPLOADS.size() + 1 + tags);
    for (Metric metric :
        List.of(
            FlowMetrics.FLOW_DELIVERED.in(UPLOAD),
            FlowMetrics.FLOW_ACK_SAMPLES.in(UPLOAD),
            FlowMetrics.FLOW_ONE_WAY_SAMPLES.in(DOWNLOAD))) {
      double sum = windows.stream().mapToDouble(m -> m.orElse(metric, 0)).sum();
      assertTrue(sum > 10, metric + " of " + TAGS.get(tags) + ": " + sum);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void countsWhatTheReceiverGot(int upload) throws Exception {
    JsonNode report =
        new ObjectMapper().readTree(directory.resolve("upload" + upload + ".json").toFile());
    double received = 0;
    JsonNode intervals = report.at("/server_output_json/intervals");
    int first = 3;
    int last = UPLOAD_SECONDS - 3;
    for (int i = first; i < last; i++) {
      received += intervals.get(i).at("/sum/bytes").asDouble();
    }
    double seconds = intervals.get(last - 1).at("/sum/end").asDouble();
    double from = intervals.get(first).at("/sum/start").asDouble();
    List<Measurement> windows = windows(upload);
    Instant began =
        windows.stream()
            .filter(m -> m.orElse(FlowMetrics.FLOW_DELIVERED.in(UPLOAD), 0) >= SEGMENT)
            .findFirst()
            .map(Measurement::from)
            .orElseThrow();
    double delivered = 0;
    for (Measurement m : windows) {
      double at = Duration.between(began, m.from()).toMillis() * 1e-3;
      if (at >= from && at < seconds) {
        delivered += m.orElse(FlowMetrics.FLOW_DELIVERED.in(UPLOAD), 0);
      }
    }
    String what = Objects.requireNonNull(UPLOADS.get(upload));
    // At either end of the time, an acknowledgement of two segments may fall to this side or that.
    double tolerance = 0.01 + 4 * SEGMENT / received;
    assertEquals(1, delivered / received, tolerance, what + ": " + delivered + " of " + received);
  }
}
