package io.github.qosrl.probes.counters;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes by the interface's counters against iperf3's own report over the same traffic. */
class CountersAgreementIT {
  /** iperf3's datagrams on a 1500-byte link, and with their UDP, IPv4 and Ethernet headers. */
  private static final double PAYLOAD = 1448;

  private static final double ON_THE_WIRE = PAYLOAD + 8 + 20 + 14;

  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("count");
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void agreesWithIperf3WithinOnePercent(Direction direction) throws Exception {
    Iperf3Options.Mode mode =
        direction == Direction.UPLOAD ? Iperf3Options.Mode.UP : Iperf3Options.Mode.DOWN;
    Iperf3Options options =
        Iperf3Options.of(TwoHosts.FAR)
            .withTest(mode, Duration.ofSeconds(2))
            .withUdp(BitRate.ofMegabits(8));
    try (Iperf3Server server = Iperf3Server.start(hosts.far(), TwoHosts.FAR, 5201);
        Probe iperf3 = Iperf3Probe.open(hosts.near(), options);
        Probe counters = CountersProbe.open(hosts.near(), "wan0", CountersProbe.Side.WAN)) {
      assertEquals(5201, server.port());
      counters.measure(Duration.ofSeconds(1));
      Measurement report = iperf3.measure(Duration.ofSeconds(60));
      Measurement counted = counters.measure(Duration.ofSeconds(1));
      // A receiver that is kept from running loses datagrams behind the counters.
      double arrived = 1 - report.get(Metrics.TEST_LOSS.in(direction)).orElseThrow();
      double payload = report.get(Iperf3Probe.TEST_BYTES.in(direction)).orElseThrow() / arrived;
      double bytes = counted.get(Metrics.BYTES_PASSED.in(direction)).orElseThrow();
      assertTrue(payload > 500_000, report.toString());
      assertEquals(1, bytes * PAYLOAD / ON_THE_WIRE / payload, 0.01, counted + " " + report);
      double seconds = Duration.between(counted.from(), counted.to()).toNanos() * 1e-9;
      double throughput = counted.get(Metrics.throughput(direction)).orElseThrow();
      assertEquals(1, throughput * seconds / 8 / bytes, 1e-6);
    }
  }

  @Test
  void survivesAnInterfaceThatVanishesAndComesBack() throws Exception {
    try (Probe counters = CountersProbe.open(hosts.near(), "wan0", CountersProbe.Side.WAN)) {
      hosts.unplug();
      ProbeException e =
          assertThrows(ProbeException.class, () -> counters.measure(Duration.ofSeconds(1)));
      assertTrue(String.valueOf(e.getMessage()).contains("wan0"));
      hosts.plugIn();
      assertTrue(counters.measure(Duration.ofSeconds(1)).metrics().isEmpty());
      assertTrue(
          counters.measure(Duration.ofSeconds(1)).has(Metrics.throughput(Direction.DOWNLOAD)));
    }
  }
}
