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
  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("capt");
  }

  @AfterEach
  void remove() throws Exception {
    hosts.close();
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
      Thread.sleep(1500);
      capture.measure(Duration.ofSeconds(1));
      Measurement report = iperf3.measure(Duration.ofSeconds(10));
      Thread.sleep(1000);
      Measurement m = capture.measure(Duration.ofSeconds(1));
      double payload = report.get(Iperf3Probe.TEST_BYTES.in(Direction.UPLOAD)).orElseThrow();
      double captured = m.get(Metrics.BYTES_PASSED.in("video")).orElseThrow();
      assertEquals(1, captured * 1448 / 1490 / payload, 0.02, m + " " + report);
      double sent = m.get(Metrics.BYTES_PASSED.in(Direction.UPLOAD)).orElseThrow();
      assertTrue(sent > 0.95 * captured, m.toString());
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
