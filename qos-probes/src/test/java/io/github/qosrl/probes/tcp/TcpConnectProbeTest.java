package io.github.qosrl.probes.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real handshakes on the loopback interface. */
class TcpConnectProbeTest extends ProbeContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static Probe open(String host, int port) throws ProbeException {
    return TcpConnectProbe.open(
        Hosts.local(),
        EchoOptions.builder(List.of(new Target(host, port, "web")))
            .interval(Duration.ofMillis(50))
            .deadline(Duration.ofMillis(300))
            .build());
  }

  @Override
  protected Probe probe() throws Exception {
    return open("127.0.0.1", server.getLocalPort());
  }

  @Override
  protected void letTimePass() throws Exception {
    Thread.sleep(150);
  }

  private static Measurement firstWithReplies(Probe probe) throws Exception {
    for (int i = 0; i < 100; i++) {
      Thread.sleep(50);
      Measurement m = probe.measure(TIMEOUT);
      if (m.has(Metrics.RTT_MEAN)) {
        return m;
      }
    }
    throw new AssertionError("no replies");
  }

  @Test
  void measuresHandshakes() throws Exception {
    try (Probe probe = probe()) {
      Measurement m = firstWithReplies(probe);
      assertTrue(m.get(Metrics.RTT_MEAN.in("web")).orElseThrow() < 0.2, m.toString());
      assertEquals(0, m.get(Metrics.LOSS).orElseThrow());
      assertFalse(m.delays().isEmpty());
    }
  }

  @Test
  void aRefusedConnectionIsAnAnswer() throws Exception {
    int port = server.getLocalPort();
    server.close();
    try (Probe probe = open("127.0.0.1", port)) {
      assertTrue(firstWithReplies(probe).has(Metrics.RTT_MEAN));
    }
  }

  @Test
  void anUnresolvableTargetNamesTheFix() throws Exception {
    try (Probe probe = open("nosuch.invalid", 443)) {
      String message = "";
      for (int i = 0; i < 400 && message.isEmpty(); i++) {
        Thread.sleep(50);
        try {
          probe.measure(TIMEOUT);
        } catch (ProbeException e) {
          message = String.valueOf(e.getMessage());
        }
      }
      assertTrue(message.contains("nosuch.invalid") && message.contains("DNS"), message);
    }
  }

  @Test
  void isAvailableOnTheLocalHostOnly() {
    assertFalse(new TcpConnectProbeProvider().availability(new FakeHost()).available());
  }

  @Test
  void refusesToMeasureFromHereWhatIsAskedOfAnotherHost() {
    ProbeException refused =
        assertThrows(
            ProbeException.class,
            () -> TcpConnectProbe.open(new FakeHost(), EchoOptions.of("192.0.2.1")));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("use ping or fping"), refused::toString);
  }
}
