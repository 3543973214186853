package io.github.qosrl.probes.irtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.TeeHost;
import io.github.qosrl.probes.TwoHosts;
import io.github.qosrl.probes.iperf3.Iperf3Server;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** irtt against a real server over a real cable. */
@Timeout(120)
class IrttIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** Generous: what takes a second on an idle machine may take many on a busy one. */
  private static final int TRIES = 500;

  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    IrttServer.needed();
    hosts = TwoHosts.make("irtt");
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  private Probe open(String... settings) throws Exception {
    return open(hosts.near(), settings);
  }

  private static Probe open(Host host, String... settings) throws Exception {
    Map<String, String> values = new HashMap<>(Map.of("interval", "50ms"));
    values.put("targets", TwoHosts.FAR);
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    return Plugins.probes().require("irtt").create(host, Settings.of("irtt", values));
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

  private static String failure(Probe probe) throws Exception {
    String[] message = {""};
    for (int i = 0; i < TRIES && message[0].isEmpty(); i++) {
      try {
        probe.measure(TIMEOUT);
        Thread.sleep(100);
      } catch (ProbeException e) {
        message[0] = String.valueOf(e.getMessage());
      }
    }
    return message[0];
  }

  private static boolean tellsBothWays(Measurement m) {
    return m.has(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(Direction.UPLOAD))
        && m.has(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(Direction.DOWNLOAD));
  }

  @Test
  void probesBothIpVersionsWithSizeAndDscp() throws Exception {
    IrttServer.start(hosts.far());
    String targets = TwoHosts.FAR + ":dns,[" + TwoHosts.FAR_IPV6 + "]:2112:web";
    try (Probe probe = open("targets", targets, "size", "1000", "dscp", "46")) {
      Measurement m =
          await(
              probe,
              "replies from both",
              w ->
                  tellsBothWays(w)
                      && w.has(Metrics.RTT_MEAN.in("dns"))
                      && w.has(Metrics.RTT_MEAN.in("web")));
      assertEquals(0, m.get(Metrics.LOSS).orElse(-1), m.toString());
    }
  }

  @Test
  void probesFromASourceAddress() throws Exception {
    IrttServer.start(hosts.far());
    try (Probe probe = open("source", TwoHosts.NEAR)) {
      await(probe, "a reply", IrttIT::tellsBothWays);
    }
    try (Probe probe = open("source", "10.99.99.99")) {
      String message = failure(probe);
      assertTrue(message.contains("10.99.99.99") && message.contains("ip addr"), message);
    }
  }

  @Test
  void bothMustHaveTheSameKey() throws Exception {
    IrttServer.start(hosts.far(), "--hmac=secret");
    try (Probe probe = open("hmac", "secret")) {
      await(probe, "a reply", IrttIT::tellsBothWays);
    }
    try (Probe probe = open("hmac", "another")) {
      String message = failure(probe);
      assertTrue(message.contains("the same hmac"), message);
      assertFalse(message.contains("another"), message);
    }
  }

  @Test
  void withoutAServerItSaysWhatToStart() throws Exception {
    try (Probe probe = open()) {
      String message = failure(probe);
      assertTrue(message.contains("irtt server"), message);
    }
  }

  @Test
  void acceptsWhatTheServerRestricts() throws Exception {
    IrttServer.start(hosts.far(), "-i", "250ms", "-d", "2s");
    try (Probe probe = open()) {
      await(probe, "a reply", IrttIT::tellsBothWays);
      // Over the end of a session, which the server allows to be 2 s long.
      for (int i = 0; i < 3; i++) {
        Thread.sleep(2000);
        Measurement m = probe.measure(TIMEOUT);
        double sent = m.get(Metrics.PROBES_SENT).orElseThrow();
        assertTrue(sent > 0 && sent <= 9, m.toString());
        assertEquals(0, m.orElse(Metrics.LOSS, 0), m.toString());
      }
    }
  }

  @Test
  void aServerThatMayNotTellTheTimeLeavesTheRoundTrip() throws Exception {
    IrttServer.start(hosts.far(), "--tstamp=none");
    try (Probe probe = open()) {
      Measurement m = await(probe, "a reply", w -> w.has(Metrics.RTT_MEAN));
      assertFalse(tellsBothWays(m));
    }
  }

  @Test
  void goesOnWhenTheServerComesBack() throws Exception {
    HostProcess server = IrttServer.start(hosts.far());
    try (Probe probe = open("deadline", "500ms")) {
      await(probe, "a reply", IrttIT::tellsBothWays);
      server.close();
      failure(probe);
      IrttServer.start(hosts.far());
      await(probe, "a reply of the new server", IrttIT::tellsBothWays);
    }
  }

  @Test
  void seesTheQueueOfTheUploadInTheUploadOnly() throws Exception {
    IrttServer.start(hosts.far());
    TwoHosts.run(hosts.near(), "tc qdisc add dev wan0 root tbf rate 4mbit burst 4000 limit 50000");
    try (Probe probe = open();
        Iperf3Server receiver = Iperf3Server.start(hosts.far(), "", 5201)) {
      await(probe, "one-way delays", IrttIT::tellsBothWays);
      Thread.sleep(2000);
      probe.measure(TIMEOUT);
      try (HostProcess load =
          hosts.near().start(Command.of("iperf3", "-c", TwoHosts.FAR_TOO, "-t", "30"))) {
        // 50 kB at 4 Mbit/s take 100 ms.
        Measurement m = await(probe, "a queue in the upload", w -> inflation(w, true) > 0.03);
        assertTrue(inflation(m, false) < 0.02, m.toString());
      }
    }
  }

  private static double inflation(Measurement m, boolean upload) {
    Direction direction = upload ? Direction.UPLOAD : Direction.DOWNLOAD;
    return m.orElse(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(direction), 0);
  }

  @Test
  void noProcessOutlivesTheProbe() throws Exception {
    IrttServer.start(hosts.far());
    TeeHost tee = new TeeHost(hosts.near());
    Probe probe = open(tee, "targets", TwoHosts.FAR + "," + TwoHosts.FAR_TOO);
    await(probe, "a reply", m -> m.has(Metrics.RTT_MEAN));
    probe.close();
    assertEquals(2, tee.started().size());
    tee.started().forEach(process -> assertFalse(process.alive()));
  }
}
