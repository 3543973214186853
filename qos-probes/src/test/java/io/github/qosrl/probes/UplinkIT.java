package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.Namespaces;
import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A router with two uplinks, at the end of each of which somebody answers to the same addresses: by
 * which of them the packets leave, the interfaces' counters tell. Needs root.
 */
class UplinkIT {
  private static final String TARGET = "10.99.0.1";
  private static final String TARGET_IPV6 = "fd99::1";

  /** More than what neighbours say to each other. */
  private static final long SOME = 8;

  private final String name = "qosuplink-" + ProcessHandle.current().pid();

  @SuppressWarnings("NullAway.Init")
  private Namespaces namespaces;

  @SuppressWarnings("NullAway.Init")
  private Host router;

  @BeforeEach
  void build() throws Exception {
    Needs.program("ping");
    Needs.program("fping");
    namespaces = Namespaces.make(name, name + "-1", name + "-2");
    router = Hosts.netns(name);
    for (int i = 1; i <= 2; i++) {
      String far = name + "-" + i;
      ip("-n %s link add wan%d type veth peer name eth0 netns %s", name, i, far);
      ip("-n %s addr add 10.81.%d.2/24 dev wan%d", name, i, i);
      ip("-n %s addr add fd81:%d::2/64 dev wan%d nodad", name, i, i);
      ip("-n %s addr add 10.81.%d.1/24 dev eth0", far, i);
      ip("-n %s addr add fd81:%d::1/64 dev eth0 nodad", far, i);
      ip("-n %s link set lo up", far);
      ip("-n %s addr add %s/32 dev lo", far, TARGET);
      ip("-n %s addr add %s/128 dev lo nodad", far, TARGET_IPV6);
      ip("-n %s link set wan%d up", name, i);
      ip("-n %s link set eth0 up", far);
    }
    ip("-n %s route add default via 10.81.1.1 dev wan1", name);
    ip("-n %s -6 route add default via fd81:1::1 dev wan1", name);
  }

  private void byMetric() throws Exception {
    ip("-n %s route add default via 10.81.2.1 dev wan2 metric 2000", name);
    ip("-n %s -6 route add default via fd81:2::1 dev wan2 metric 2000", name);
  }

  private void bySource() throws Exception {
    ip("-n %s route add default via 10.81.2.1 dev wan2 table 200", name);
    ip("-n %s rule add from 10.81.2.2 lookup 200", name);
    ip("-n %s -6 route add default via fd81:2::1 dev wan2 table 200", name);
    ip("-n %s -6 rule add from fd81:2::2 lookup 200", name);
  }

  @AfterEach
  void remove() {
    if (router != null) {
      router.close();
      namespaces.close();
    }
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void ip(String words, Object... values) throws Exception {
    namespaces.local().run(Command.of(("ip " + words.formatted(values)).split(" "))).orThrow();
  }

  private Probe open(String tool, String interfaceName, String target) throws Exception {
    Map<String, String> settings =
        Map.of("targets", target, "interface", interfaceName, "interval", "50ms");
    return Plugins.probes().require(tool).create(router, Settings.of(tool, settings));
  }

  /** Waits for so many replies in all. */
  private static void awaitReplies(Probe probe, int wanted) throws Exception {
    int received = 0;
    for (int i = 0; i < 100 && received < wanted; i++) {
      Thread.sleep(50);
      Measurement m = probe.measure(Duration.ofSeconds(1));
      received += m.delays().size();
    }
    assertTrue(received >= wanted, "replies: " + received);
  }

  private long sent(int uplink) throws Exception {
    return Long.parseLong(
        router.read("/sys/class/net/wan" + uplink + "/statistics/tx_packets").strip());
  }

  private void assertLeavesBySecond(String tool, String target) throws Exception {
    long first = sent(1);
    long second = sent(2);
    try (Probe probe = open(tool, "wan2", target)) {
      awaitReplies(probe, 20);
    }
    assertTrue(sent(1) - first < SOME, "left by wan1: " + (sent(1) - first));
    assertTrue(sent(2) - second >= 20, "left by wan2: " + (sent(2) - second));
  }

  @ParameterizedTest
  @CsvSource({"ping," + TARGET, "ping," + TARGET_IPV6, "fping," + TARGET, "fping," + TARGET_IPV6})
  void packetsLeaveByTheirUplinkThoughAnotherRouteIsBetter(String tool, String target)
      throws Exception {
    byMetric();
    assertLeavesBySecond(tool, target);
  }

  @ParameterizedTest
  @CsvSource({"ping," + TARGET, "ping," + TARGET_IPV6, "fping," + TARGET, "fping," + TARGET_IPV6})
  void andWhereRoutesAreChosenByTheSource(String tool, String target) throws Exception {
    bySource();
    // Its neighbours answer for nobody else, as a provider's do not.
    String quiet = "net.ipv4.conf.eth0.arp_ignore=1";
    ip("netns exec %s-2 sysctl -qw %s", name, quiet);
    assertLeavesBySecond(tool, target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void aNeighbourIsReachedByItsLinkLocalAddress(String tool) throws Exception {
    ip("-n %s-2 addr add fe80::99/64 dev eth0 nodad", name);
    ip("-n %s-1 addr add fe80::99/64 dev eth0 nodad", name);
    assertLeavesBySecond(tool, "fe80::99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void aTargetOfAVersionThatTheUplinkLacksIsLeftOut(String tool) throws Exception {
    byMetric();
    ip("-n %s -6 addr flush dev wan2 scope global", name);
    try (Probe probe = open(tool, "wan2", TARGET + "," + TARGET_IPV6)) {
      awaitReplies(probe, 20);
      Measurement m = probe.measure(Duration.ofSeconds(1));
      assertEquals(0, m.orElse(Metrics.LOSS, 0));
    }
    ProbeException alone =
        assertThrows(ProbeException.class, () -> open(tool, "wan2", TARGET_IPV6));
    assertTrue(String.valueOf(alone.getMessage()).contains("no IPv6 address"), alone::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void anInterfaceWithoutAnAddressIsRefusedByName(String tool) throws Exception {
    ip("-n %s addr flush dev wan2", name);
    ProbeException refused = assertThrows(ProbeException.class, () -> open(tool, "wan2", TARGET));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("wan2 of netns " + name + " has no IP"),
        refused::toString);
  }

  @Test
  void thePortOfABridgeIsProbedByItsBridge() throws Exception {
    byMetric();
    ip("-n %s addr flush dev wan2", name);
    ip("-n %s link add br-wan type bridge", name);
    ip("-n %s link set wan2 master br-wan", name);
    ip("-n %s link set br-wan up", name);
    ip("-n %s addr add 10.81.2.2/24 dev br-wan", name);
    ip("-n %s route add default via 10.81.2.1 dev br-wan metric 2000", name);
    assertLeavesBySecond("ping", TARGET);
  }
}
