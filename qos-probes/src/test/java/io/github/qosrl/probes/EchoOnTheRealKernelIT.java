package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ping and fping make of real networks and real faults. */
@Timeout(120)
class EchoOnTheRealKernelIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** Generous: what takes a second on an idle machine may take many on a busy one. */
  private static final int TRIES = 400;

  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("echo");
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  private Probe open(String id, String... settings) throws Exception {
    return open(hosts.near(), id, settings);
  }

  private static Probe open(Host host, String id, String... settings) throws Exception {
    Map<String, String> values = new HashMap<>(Map.of("interval", "50ms"));
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    return Plugins.probes().require(id).create(host, Settings.of(id, values));
  }

  /** Measures again and again, as a loop does, until a window is as wanted. */
  private static Measurement await(Probe probe, String what, Predicate<Measurement> wanted)
      throws Exception {
    String seen = "nothing";
    for (int i = 0; i < TRIES; i++) {
      try {
        Measurement m = probe.measure(TIMEOUT);
        if (wanted.test(m)) {
          return m;
        }
        seen = m.toString();
      } catch (ProbeException e) {
        seen = e.toString();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("never " + what + "; the last window: " + seen);
  }

  /** Measures again and again until that is not possible. */
  private static String failure(Probe probe) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      try {
        probe.measure(TIMEOUT);
      } catch (ProbeException e) {
        return String.valueOf(e.getMessage());
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no failure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void probesBothIpVersionsBoundToInterfaceWithSizeAndDscp(String id) throws Exception {
    String targets = TwoHosts.FAR + ":dns,[" + TwoHosts.FAR_IPV6 + "]:web";
    try (Probe probe =
        open(id, "targets", targets, "interface", "wan0", "size", "1000", "dscp", "46")) {
      List<String> scopes = List.of("", TwoHosts.FAR, TwoHosts.FAR_IPV6, "dns", "web");
      Measurement m =
          await(
              probe,
              "replies from both",
              w -> scopes.stream().allMatch(scope -> w.orElse(Metrics.RTT_MEAN.in(scope), 0) > 0));
      for (String scope : scopes) {
        assertEquals(0, m.get(Metrics.LOSS.in(scope)).orElse(-1), scope);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void probesFromASourceAddress(String id) throws Exception {
    try (Probe probe = open(id, "targets", TwoHosts.FAR, "source", TwoHosts.NEAR)) {
      await(probe, "a reply", m -> m.has(Metrics.RTT_MEAN));
    }
    try (Probe probe = open(id, "targets", TwoHosts.FAR, "source", "10.99.99.99")) {
      String message = failure(probe);
      assertTrue(message.contains("10.99.99.99") && message.contains("ip addr"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void totalLossIsAMeasurement(String id) throws Exception {
    try (Probe probe = open(id, "targets", TwoHosts.SILENT, "deadline", "500ms")) {
      Measurement m = await(probe, "a loss", w -> w.has(Metrics.LOSS));
      assertEquals(1, m.get(Metrics.LOSS).orElse(-1), m.toString());
      assertFalse(m.has(Metrics.RTT_MEAN));
      assertTrue(m.get(Metrics.BLIND).orElse(0) == 1, m.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void anUnknownInterfaceNamesTheFix(String id) throws Exception {
    try (Probe probe = open(id, "targets", TwoHosts.FAR, "interface", "nosuch0")) {
      String message = failure(probe);
      assertTrue(message.contains("nosuch0") && message.contains("ip link"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void anUnresolvableNameNamesTheFix(String id) throws Exception {
    try (Probe probe = open(id, "targets", "nosuch.invalid")) {
      String message = failure(probe);
      assertTrue(message.contains("nosuch.invalid") && message.contains("DNS"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void aTargetWithoutARouteIsTold(String id) throws Exception {
    try (Probe probe = open(id, "targets", "10.77.0.1")) {
      String message = failure(probe);
      assertTrue(message.contains("10.77.0.1"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void survivesAnInterfaceThatVanishesAndComesBack(String id) throws Exception {
    try (Probe probe = open(id, "targets", TwoHosts.FAR, "interface", "wan0")) {
      await(probe, "a reply", m -> m.has(Metrics.RTT_MEAN));
      hosts.unplug();
      // Its failure means that no reply is left from before.
      String message = failure(probe);
      assertTrue(message.contains("wan0") && message.contains("has gone"), message);
      hosts.plugIn();
      await(probe, "a reply by the new interface", m -> m.has(Metrics.RTT_MEAN));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void anUnboundProbeTakesTheNewInterface(String id) throws Exception {
    try (Probe probe = open(id, "targets", TwoHosts.FAR, "deadline", "500ms")) {
      await(probe, "a reply", m -> m.has(Metrics.RTT_MEAN));
      hosts.unplug();
      await(probe, "a loss", m -> m.orElse(Metrics.LOSS, 0) == 1 && !m.has(Metrics.RTT_MEAN));
      hosts.plugIn();
      await(probe, "a reply by the new interface", m -> m.has(Metrics.RTT_MEAN));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void noProcessOutlivesTheProbe(String id) throws Exception {
    TeeHost tee = new TeeHost(hosts.near());
    Probe probe = open(tee, id, "targets", TwoHosts.FAR + "," + TwoHosts.FAR_TOO);
    await(probe, "a reply", m -> m.has(Metrics.RTT_MEAN));
    probe.close();
    assertFalse(tee.started().isEmpty());
    tee.started().forEach(process -> assertFalse(process.alive()));
  }
}
