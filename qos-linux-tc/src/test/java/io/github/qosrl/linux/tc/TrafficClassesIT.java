package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real packets land in the class whose conditions they meet, as the probe {@code tc-stats} sees.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TrafficClassesIT {
  private static final int PACKETS = 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private RouterLab lab;

  @BeforeAll
  void setUp() throws Exception {
    lab = RouterLab.start();
    // Before a neighbour is known, its packets are not counted one by one.
    ping(RouterLab.SERVER, "");
    ping(RouterLab.SERVER6, "");
  }

  @AfterAll
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  private void ping(String server, String options) throws Exception {
    List<String> argv = new ArrayList<>(List.of("ping", "-q", "-c", "" + PACKETS, "-i", "0.01"));
    argv.addAll(List.of(options.split(" ")));
    argv.removeIf(String::isEmpty);
    argv.add(server);
    lab.client.run(Command.of(argv).within(Duration.ofSeconds(30))).orThrow();
  }

  /** Datagrams to a port where nobody listens. */
  private void datagrams(String server, int port) throws Exception {
    String send =
        "for i in $(seq " + PACKETS + "); do echo x >/dev/udp/" + server + "/" + port + "; done";
    lab.client.run(Command.of("bash", "-c", send).within(Duration.ofSeconds(30)));
  }

  private static Map<String, String> classes(String match) {
    return Map.of(
        "wan",
        "wan",
        "classes",
        "chosen,rest",
        "class.chosen.match",
        match,
        "class.fallback",
        "rest");
  }

  private Probe probe() throws Exception {
    Map<String, String> settings = Map.of("wan", "wan", "classes", "chosen,rest");
    return new TcStatsProvider().create(lab.router, Settings.of("tc-stats", settings));
  }

  private static int packets(Measurement window, String name) {
    return (int) window.get(Metrics.PACKETS_PASSED.in("upload/" + name)).orElse(-1);
  }

  @ParameterizedTest(name = "{0}: ping {2} to IPv{1} is {3}")
  @CsvSource({
    "dscp:ef, 4, -Q 0xb8, chosen",
    "dscp:ef, 4, -Q 0x20, rest",
    "dscp:ef, 6, -Q 0xb8, chosen",
    "icmp, 4, -s 500, chosen",
    "icmp, 6, -s 500, chosen",
    "to:192.0.2.0/24, 4, -s 9, chosen",
    "to:192.0.2.0/24, 6, -s 9, rest",
    "to:2001:db8:2::/48, 6, -s 9, chosen",
    "from:198.51.100.2, 4, -s 9, chosen",
    "from:198.51.100.3, 4, -s 9, rest",
    "length:0-127, 4, -s 99, chosen",
    "length:0-127, 4, -s 100, rest",
    "length:0-127, 6, -s 79, chosen",
    "length:0-127, 6, -s 80, rest",
    "udp, 4, -s 9, rest",
  })
  void pingsLandWhereTheirHeadersSay(String match, int version, String options, String expected)
      throws Exception {
    String server = version == 4 ? RouterLab.SERVER : RouterLab.SERVER6;
    assertLands(match, () -> ping(server, options), expected);
  }

  @ParameterizedTest(name = "{0}: port {2} over IPv{1} is {3}")
  @CsvSource({
    "udp:5060-5063, 4, 5063, chosen",
    "udp:5060-5063, 4, 5064, rest",
    "udp:5060-5063, 6, 5060, chosen",
    "udp:5060-5063, 6, 5059, rest",
    "tcp:5060-5063, 4, 5061, rest",
    "udp+dport:5000-6000+to:192.0.2.2, 4, 5500, chosen",
  })
  void datagramsLandWhereTheirPortSays(String match, int version, int port, String expected)
      throws Exception {
    String server = version == 4 ? RouterLab.SERVER : RouterLab.SERVER6;
    assertLands(match, () -> datagrams(server, port), expected);
  }

  /** Something that sends {@link #PACKETS} packets. */
  @FunctionalInterface
  private interface Sender {
    void send() throws Exception;
  }

  private void assertLands(String match, Sender sender, String expected) throws Exception {
    try (Shaper shaper = new HtbProvider().create(lab.router, Settings.of("htb", classes(match)))) {
      shaper.apply(ShapingPlan.of(Direction.UPLOAD, BitRate.parse("50mbit")));
      try (Probe probe = probe()) {
        sender.send();
        Measurement window = probe.measure(TIMEOUT);
        String other = expected.equals("chosen") ? "rest" : "chosen";
        assertTrue(packets(window, expected) >= PACKETS, window::toString);
        // A word with a neighbour may be among the rest, but no whole series.
        assertTrue(packets(window, other) < PACKETS, window::toString);
      }
    }
  }

  @Test
  void aPlanMovesBandwidthBetweenClassesInPlace() throws Exception {
    Map<String, String> settings = Map.of("wan", "wan", "classes", "high,medium,low");
    try (Shaper shaper = new HtbProvider().create(lab.router, Settings.of("htb", settings))) {
      ShapingPlan even = ShapingPlan.of(Direction.UPLOAD, BitRate.parse("16mbit"));
      shaper.apply(even);
      assertRates("10Mbit", "5Mbit", "1Mbit");
      Map<String, Double> shares = Map.of("high", 0.25, "medium", 0.25, "low", 0.5);
      shaper.apply(even.withShares(Direction.UPLOAD, shares));
      assertRates("4Mbit", "4Mbit", "8Mbit");
      assertEquals(shares, shaper.current().shares(Direction.UPLOAD));
    }
  }

  private void assertRates(String... rates) throws Exception {
    String shown = RouterLab.run(lab.router, "tc class show dev wan").stdout();
    for (int i = 0; i < rates.length; i++) {
      String line = "class htb 905:1" + i + " parent 905:1 .* rate " + rates[i] + " ceil 16Mbit .*";
      assertTrue(shown.lines().anyMatch(l -> l.matches(line)), () -> line + " in\n" + shown);
    }
  }

  @Test
  void autoPutsInteractiveTrafficFirstWhereOnlyHtbIsThere() throws Exception {
    try (Shaper shaper =
        new AutoProvider().create(lab.router, Settings.of("auto", Map.of("wan", "wan")))) {
      shaper.apply(ShapingPlan.of(Direction.UPLOAD, BitRate.parse("20mbit")));
      if (!RouterLab.run(lab.router, "tc class show dev wan").stdout().contains("leaf 1010:")) {
        return; // This kernel has something better.
      }
      try (Probe probe = probe()) {
        ping(RouterLab.SERVER, "-s 1000");
        assertTrue(packets(probe.measure(TIMEOUT), "chosen") >= PACKETS);
      }
    }
  }
}
