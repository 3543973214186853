package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.qosrl.core.contract.UmlKernel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A router with two uplinks of 10 and 40 ms in a full kernel: {@code --wan} or {@code --interface}
 * alone chooses whose delay is measured, though the same host answers at the end of both. The
 * second is reached by a default route of its own, and, where that is wanting, by a rule for its
 * address.
 */
final class TwoUplinksIT {
  private static final String MODULES = "veth,sch_netem,sch_htb";

  private static final String NETWORK =
      """
      cd /run
      ip netns add router
      ip -n router link set lo up
      for i in 1 2; do
        ip netns add far$i
        ip -n router link add wan$i type veth peer name eth0 netns far$i
        ip -n router addr add 10.81.$i.2/24 dev wan$i
        ip -n router link set wan$i up
        ip -n far$i link set lo up
        ip -n far$i addr add 10.81.$i.1/24 dev eth0
        ip -n far$i addr add 10.99.0.1/32 dev lo
        ip -n far$i link set eth0 up
        ip netns exec far$i sysctl -qw net.ipv4.conf.eth0.arp_ignore=1
      done
      ip netns exec far1 tc qdisc add dev eth0 root netem limit 10000 delay 10ms
      ip netns exec far2 tc qdisc add dev eth0 root netem limit 10000 delay 40ms
      ip -n router route add default via 10.81.1.1 dev wan1
      """;

  private static final String BY_METRIC =
      "ip -n router route add default via 10.81.2.1 dev wan2 metric 200\n";

  private static final String BY_SOURCE =
      """
      ip -n router route del default via 10.81.2.1 dev wan2 metric 200
      ip -n router route add default via 10.81.2.1 dev wan2 table 200
      ip -n router rule add from 10.81.2.2 lookup 200
      """;

  private static String qos(String words) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return "echo CASE\n%s -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s %s\n"
        .formatted(java, System.getProperty("java.class.path"), Qos.class.getName(), words);
  }

  private static String probe(String tool, String uplink) {
    return qos(
        "probe --host netns:router --probe %s --target 10.99.0.1 --interface %s --json --count 4"
            .formatted(tool, uplink));
  }

  @Test
  void theNamedUplinksDelayIsMeasured() throws Exception {
    UmlKernel.needed();
    String run =
        qos(
            "run --host netns:router --wan wan2 --target 10.99.0.1 --agent receive-rate --json --duration 6s");
    String script =
        NETWORK
            + BY_METRIC
            + probe("ping", "wan1")
            + probe("ping", "wan2")
            + probe("fping", "wan2")
            + run
            + BY_SOURCE
            + probe("ping", "wan2")
            + probe("fping", "wan2");
    String printed = UmlKernel.run(List.of(MODULES.split(",")), script, Duration.ofMinutes(4));
    assertTrue(printed.contains("exit code 0"), printed);
    List<Double> delays = new ArrayList<>();
    for (String part : printed.split("CASE\n", 0)) {
      double least = leastRoundTrip(part);
      if (least < Double.POSITIVE_INFINITY) {
        delays.add(least);
      }
    }
    assertEquals(6, delays.size(), printed);
    for (int i = 0; i < delays.size(); i++) {
      double delay = i == 0 ? 0.010 : 0.040;
      assertTrue(
          delays.get(i) >= delay && delays.get(i) < delay + 0.008,
          "case " + i + ": " + delays + "\n" + printed);
    }
  }

  /** The least of a command's windows; infinite if it has printed none. */
  private static double leastRoundTrip(String printed) throws Exception {
    double least = Double.POSITIVE_INFINITY;
    for (String line : printed.lines().filter(l -> l.startsWith("{")).toList()) {
      JsonNode rtt = new ObjectMapper().readTree(line).at("/metrics/rtt.min");
      least = rtt.isMissingNode() ? least : Math.min(least, rtt.asDouble());
    }
    return least;
  }
}
