package io.github.qosrl.probes.iperf3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.OneShotProbeContract;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.probes.TeeHost;
import io.github.qosrl.probes.TwoHosts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** iperf3 over a real link of 10 Mbit/s each way. */
class Iperf3IT extends OneShotProbeContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private TwoHosts hosts;
  private Iperf3Server server;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("iperf");
    TwoHosts.run(
        hosts.near(), "tc qdisc add dev wan0 root tbf rate 10mbit burst 15000 latency 50ms");
    TwoHosts.run(
        hosts.far(), "tc qdisc add dev eth0 root tbf rate 10mbit burst 15000 latency 50ms");
    server = Iperf3Server.start(hosts.far(), "", 5201);
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(server, hosts);
  }

  private static Iperf3Options options(Iperf3Options.Mode mode, int seconds) {
    return Iperf3Options.of(TwoHosts.FAR).withTest(mode, Duration.ofSeconds(seconds));
  }

  @Override
  protected Probe probe() {
    return Iperf3Probe.open(
        hosts.near(), options(Iperf3Options.Mode.UP, 1).withUdp(BitRate.ofMegabits(1)));
  }

  @Override
  protected Probe slowProbe() {
    return Iperf3Probe.open(hosts.near(), options(Iperf3Options.Mode.UP, 30));
  }

  /** About what the link can carry; a busy machine may not fill it for the whole of a test. */
  private static void carried(double rate, Measurement m) {
    assertTrue(rate > 4e6 && rate < 11e6, m.toString());
  }

  @Test
  void measuresBothDirectionsAtOnce() throws Exception {
    try (Probe probe = Iperf3Probe.open(hosts.near(), options(Iperf3Options.Mode.BIDIR, 3))) {
      Measurement m = probe.measure(TIMEOUT);
      for (Direction direction : Direction.values()) {
        double rate = m.get(Metrics.AVAILABLE_BANDWIDTH.in(direction)).orElseThrow();
        carried(rate, m);
      }
    }
  }

  /** iperf3's interim reports add up to what it reports of the whole, and we of it. */
  @Test
  void agreesWithIperf3sOwnReport() throws Exception {
    TeeHost tee = new TeeHost(hosts.near());
    Iperf3Options options = options(Iperf3Options.Mode.DOWN, 2).withUdp(BitRate.ofMegabits(6));
    try (Probe probe = Iperf3Probe.open(tee, options)) {
      Measurement m = probe.measure(TIMEOUT);
      JsonNode report = new ObjectMapper().readTree(tee.printed());
      double bytes = 0;
      double seconds = 0;
      for (JsonNode interval : report.path("intervals")) {
        bytes += interval.path("sum").path("bytes").asDouble();
        seconds += interval.path("sum").path("seconds").asDouble();
      }
      Direction down = Direction.DOWNLOAD;
      assertTrue(bytes > 500_000, report.toString());
      assertEquals(1, m.get(Iperf3Probe.TEST_BYTES.in(down)).orElseThrow() / bytes, 0.01);
      double rate = bytes * 8 / seconds;
      assertEquals(1, m.get(Metrics.AVAILABLE_BANDWIDTH.in(down)).orElseThrow() / rate, 0.01);
      JsonNode sum = report.path("end").path("sum");
      double lost = sum.path("lost_packets").asDouble() / sum.path("packets").asDouble();
      assertEquals(lost, m.get(Metrics.TEST_LOSS.in(down)).orElseThrow(), 1e-9);
      double jitter = sum.path("jitter_ms").asDouble() / 1e3;
      assertEquals(jitter, m.get(Iperf3Probe.TEST_JITTER.in(down)).orElseThrow(), 1e-9);
    }
  }

  @Test
  void measuresOneDirectionAfterTheOtherWithParallelStreams() throws Exception {
    Iperf3Options options =
        options(Iperf3Options.Mode.BOTH, 2).withStreams(2, Duration.ofSeconds(1));
    try (Probe probe = Iperf3Probe.open(hosts.near(), options)) {
      Measurement m = probe.measure(TIMEOUT);
      for (Direction direction : Direction.values()) {
        double rate = m.get(Metrics.AVAILABLE_BANDWIDTH.in(direction)).orElseThrow();
        carried(rate, m);
      }
    }
  }

  @Test
  void aUdpTestReportsWhatTheLinkCarried() throws Exception {
    Iperf3Options options = options(Iperf3Options.Mode.UP, 2).withUdp(BitRate.ofMegabits(20));
    try (Probe probe = Iperf3Probe.open(hosts.near(), options)) {
      Measurement m = probe.measure(TIMEOUT);
      double rate = m.get(Metrics.AVAILABLE_BANDWIDTH.in(Direction.UPLOAD)).orElseThrow();
      carried(rate, m);
      assertTrue(m.has(Metrics.TEST_LOSS.in(Direction.UPLOAD)));
      assertTrue(m.has(Iperf3Probe.TEST_JITTER.in(Direction.UPLOAD)));
    }
  }

  @Test
  void keepsToItsBudget() throws Exception {
    Iperf3Options options = options(Iperf3Options.Mode.BOTH, 5).withBudget(1_000_000);
    try (Probe probe = Iperf3Probe.open(hosts.near(), options)) {
      Measurement m = probe.measure(TIMEOUT);
      double bytes = 0;
      for (Direction direction : Direction.values()) {
        bytes += m.get(Iperf3Probe.TEST_BYTES.in(direction)).orElseThrow();
      }
      assertTrue(bytes <= 1_300_000 && bytes >= 500_000, m.toString());
    }
  }

  private static void awaitConnection(HostProcess client) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(client.stdout(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("connected to")) {
        return;
      }
    }
    throw new AssertionError("the first client did not connect");
  }

  @Test
  void tellsABusyServerAndTakesTheNextPort() throws Exception {
    HostProcess other =
        hosts
            .near()
            .start(
                Command.of("iperf3", "-c", TwoHosts.FAR, "-t", "60", "-b", "100k", "--forceflush"));
    try (Iperf3Server second = Iperf3Server.start(hosts.far(), "", 5202);
        Probe one = Iperf3Probe.open(hosts.near(), options(Iperf3Options.Mode.UP, 1));
        Probe two =
            Iperf3Probe.open(
                hosts.near(),
                options(Iperf3Options.Mode.UP, 1).withPorts(List.of(5201, second.port())))) {
      awaitConnection(other);
      Iperf3Exception e = assertThrows(Iperf3Exception.class, () -> one.measure(TIMEOUT));
      assertEquals(Iperf3Exception.Kind.BUSY, e.kind(), e.getMessage());
      assertTrue(two.measure(TIMEOUT).has(Metrics.AVAILABLE_BANDWIDTH.in(Direction.UPLOAD)));
    } finally {
      other.close();
    }
  }

  @Test
  void tellsAnUnreachableServer() throws Exception {
    Iperf3Options options = options(Iperf3Options.Mode.UP, 1).withPorts(List.of(5999));
    try (Probe probe = Iperf3Probe.open(hosts.near(), options)) {
      Iperf3Exception e = assertThrows(Iperf3Exception.class, () -> probe.measure(TIMEOUT));
      assertEquals(Iperf3Exception.Kind.UNREACHABLE, e.kind(), e.getMessage());
    }
  }

  @Test
  void aPortInUseIsToldAtOnce() {
    Iperf3Exception e =
        assertThrows(Iperf3Exception.class, () -> Iperf3Server.start(hosts.far(), "", 5201));
    assertTrue(String.valueOf(e.getMessage()).contains("free port"), e.getMessage());
  }
}
