package io.github.qosrl.probes.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.probes.TeeHost;
import io.github.qosrl.probes.TwoHosts;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flows probe on real interfaces. */
@Timeout(120)
class FlowsIT {
  private static final int TRIES = 400;
  private static final String SERVER = "iperf3 -s";
  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("flows");
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  private static HostProcess start(io.github.qosrl.core.host.Host host, String command)
      throws Exception {
    return host.start(Command.of(List.of(command.split(" ", -1))));
  }

  /** Sends both ways for a while, again and again until a window is as wanted. */
  private static Measurement await(
      Probe probe, TwoHosts hosts, String far, String what, Predicate<Measurement> wanted)
      throws Exception {
    String seen = "nothing";
    try (HostProcess server = start(hosts.far(), SERVER)) {
      HostProcess client = server;
      for (int i = 0; i < TRIES; i++) {
        if (client == server || !client.alive()) {
          client = start(hosts.near(), "iperf3 -c " + far + " --bidir -t 60 -b 2M -l 4K");
        }
        try {
          Measurement m = probe.measure(Duration.ofSeconds(1));
          if (wanted.test(m)) {
            client.close();
            return m;
          }
          seen = m.toString();
        } catch (ProbeException e) {
          seen = e.toString();
        }
        Thread.sleep(100);
      }
      client.close();
    }
    throw new AssertionError("never " + what + "; the last window: " + seen);
  }

  private static boolean isComplete(Measurement m) {
    return m.orElse(FlowMetrics.FLOW_ONE_WAY_SAMPLES.in(Direction.DOWNLOAD), 0) > 5
        && m.orElse(FlowMetrics.FLOW_ACK_SAMPLES.in(Direction.UPLOAD), 0) > 2
        && m.orElse(FlowMetrics.FLOW_DELIVERED.in(Direction.UPLOAD), 0) > 10_000
        && m.has(FlowMetrics.FLOW_ONE_WAY_INFLATION.in(Direction.DOWNLOAD));
  }

  @ParameterizedTest
  @CsvSource({TwoHosts.FAR, TwoHosts.FAR_IPV6})
  void seesBothDirections(String far) throws Exception {
    try (Probe probe = FlowsProbe.open(hosts.near(), "wan0")) {
      await(probe, hosts, far, "both directions", FlowsIT::isComplete);
    }
  }

  @Test
  void survivesAnInterfaceThatVanishesAndComesBack() throws Exception {
    try (Probe probe = FlowsProbe.open(hosts.near(), "wan0")) {
      await(probe, hosts, TwoHosts.FAR, "both directions", FlowsIT::isComplete);
      hosts.unplug();
      String message = "";
      for (int i = 0; i < TRIES && message.isEmpty(); i++) {
        Thread.sleep(100);
        try {
          probe.measure(Duration.ofSeconds(1));
        } catch (ProbeException e) {
          message = String.valueOf(e.getMessage());
        }
      }
      assertTrue(message.contains("wan0") && message.contains("ip link"), message);
      hosts.plugIn();
      await(probe, hosts, TwoHosts.FAR, "both directions", FlowsIT::isComplete);
    }
  }

  @Test
  void manyPacketsAreSampledAndCountedInFull() throws Exception {
    try (Probe probe = FlowsProbe.open(hosts.near(), "wan0");
        HostProcess server = start(hosts.far(), SERVER)) {
      Thread.sleep(500);
      HostProcess client =
          start(hosts.near(), "iperf3 -c " + TwoHosts.FAR + " -t 6 -b 100M -l 16K -J");
      double delivered = 0;
      double sampling = 1;
      while (client.alive()) {
        Thread.sleep(50);
        Measurement m = probe.measure(Duration.ofSeconds(1));
        delivered += m.orElse(FlowMetrics.FLOW_DELIVERED.in(Direction.UPLOAD), 0);
        sampling = Math.min(sampling, m.orElse(FlowMetrics.FLOW_SAMPLING.in(Direction.UPLOAD), 1));
      }
      String report =
          new String(client.stdout().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      double received =
          new com.fasterxml.jackson.databind.ObjectMapper()
              .readTree(report)
              .at("/end/sum_received/bytes")
              .asDouble();
      assertTrue(sampling < 1, "all packets were looked at");
      assertEquals(1, delivered / received, 0.01, delivered + " of " + received);
    }
  }

  @Test
  void noProcessOutlivesTheProbe() throws Exception {
    TeeHost tee = new TeeHost(hosts.near());
    Probe probe = FlowsProbe.open(tee, "wan0");
    await(probe, hosts, TwoHosts.FAR, "both directions", FlowsIT::isComplete);
    probe.close();
    assertFalse(tee.started().isEmpty());
    tee.started().forEach(process -> assertFalse(process.alive()));
  }

  @Test
  void anUnknownInterfaceNamesTheFix() {
    ProbeException e =
        assertThrows(ProbeException.class, () -> FlowsProbe.open(hosts.near(), "nosuch0").close());
    assertTrue(String.valueOf(e.getMessage()).contains("ip link"), e.getMessage());
  }

  @Test
  void saysThatItMayCapture() {
    Availability availability = new FlowsProbeProvider().availability(hosts.near());
    assertTrue(availability.available(), availability.toString());
  }
}
