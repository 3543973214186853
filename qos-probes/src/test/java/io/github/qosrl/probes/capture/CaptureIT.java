package io.github.qosrl.probes.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.probes.TwoHosts;
import io.github.qosrl.probes.iperf3.Iperf3Options;
import io.github.qosrl.probes.iperf3.Iperf3Probe;
import io.github.qosrl.probes.iperf3.Iperf3Server;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** tcpdump on a real interface. */
class CaptureIT {
  private static final int TRIES = 400;

  /** iperf3's datagrams on a 1500-byte link, and with their UDP, IPv4 and Ethernet headers. */
  private static final double PAYLOAD = 1448;

  private static final double ON_THE_WIRE = PAYLOAD + 8 + 20 + 14;
  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("capt");
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  @Test
  void countsWhatIperf3Sent() throws Exception {
    Iperf3Options options =
        Iperf3Options.of(TwoHosts.FAR)
            .withPorts(List.of(554))
            .withTest(Iperf3Options.Mode.UP, Duration.ofSeconds(1))
            .withUdp(BitRate.ofMegabits(5));
    try (Iperf3Server server = Iperf3Server.start(hosts.far(), "", 554);
        Probe capture =
            CaptureProbe.open(hosts.near(), "wan0", CaptureOptions.standard().withoutLookUp());
        Probe iperf3 = Iperf3Probe.open(hosts.near(), options.withPorts(List.of(server.port())))) {
      awaitPackets(capture);
      Measurement report = iperf3.measure(Duration.ofSeconds(60));
      // A receiver that is kept from running loses datagrams behind tcpdump's back.
      double arrived = 1 - report.get(Metrics.TEST_LOSS.in(Direction.UPLOAD)).orElseThrow();
      double received = report.get(Iperf3Probe.TEST_BYTES.in(Direction.UPLOAD)).orElseThrow();
      double payload = received / arrived;
      double video = 0;
      double sent = 0;
      for (int i = 0; i < TRIES && video * PAYLOAD / ON_THE_WIRE < 0.98 * payload; i++) {
        Thread.sleep(100);
        Measurement m = capture.measure(Duration.ofSeconds(1));
        video += m.orElse(Metrics.BYTES_PASSED.in("video"), 0);
        sent += m.orElse(Metrics.BYTES_PASSED.in(Direction.UPLOAD), 0);
      }
      assertEquals(1, video * PAYLOAD / ON_THE_WIRE / payload, 0.02, report.toString());
      assertTrue(sent > 0.95 * video, sent + " of " + video);
    }
  }

  /** Sends until tcpdump sees it. */
  private void awaitPackets(Probe capture) throws Exception {
    String seen = "nothing";
    for (int i = 0; i < TRIES; i++) {
      hosts.near().run(Command.of("ping", "-n", "-c", "1", "-W", "1", TwoHosts.FAR));
      try {
        Measurement m = capture.measure(Duration.ofSeconds(1));
        if (m.orElse(Metrics.PACKETS_PASSED.in(Direction.UPLOAD), 0) > 0) {
          return;
        }
        seen = m.toString();
      } catch (ProbeException e) {
        seen = e.toString();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("tcpdump saw no packet; the last window: " + seen);
  }

  @Test
  void survivesAnInterfaceThatVanishesAndComesBack() throws Exception {
    CaptureOptions options = CaptureOptions.standard().withoutLookUp();
    try (Probe capture = CaptureProbe.open(hosts.near(), "wan0", options)) {
      awaitPackets(capture);
      hosts.unplug();
      String message = "";
      for (int i = 0; i < TRIES && message.isEmpty(); i++) {
        Thread.sleep(100);
        try {
          capture.measure(Duration.ofSeconds(1));
        } catch (ProbeException e) {
          message = String.valueOf(e.getMessage());
        }
      }
      assertTrue(message.contains("wan0") && message.contains("ip link"), message);
      hosts.plugIn();
      awaitPackets(capture);
    }
  }

  @Test
  void anUnknownInterfaceNamesTheFix() {
    ProbeException e =
        assertThrows(
            ProbeException.class,
            () -> CaptureProbe.open(hosts.near(), "nosuch0", CaptureOptions.standard()).close());
    assertTrue(String.valueOf(e.getMessage()).contains("ip link"), e.getMessage());
  }
}
