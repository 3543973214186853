package io.github.qosrl.probes.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.FakeProcess;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PingProbeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private final FakeHost host = new FakeHost();
  private final VirtualClock clock = new VirtualClock();

  private static String reply(int sequence, double millis) {
    return "[1.0] 64 bytes from 192.0.2.1: icmp_seq="
        + sequence
        + " ttl=64 time="
        + millis
        + " ms\n";
  }

  /** The reader is another thread: waits until it has seen what was printed. */
  static <T> T eventually(Callable<T> attempt) throws Exception {
    AssertionError last = new AssertionError("never tried");
    for (int i = 0; i < 2000; i++) {
      try {
        return attempt.call();
      } catch (AssertionError | ProbeException e) {
        last = new AssertionError(e);
        Thread.onSpinWait();
        Thread.sleep(1);
      }
    }
    throw last;
  }

  private Measurement received(Probe probe, int count) throws Exception {
    Measurement[] sum = new Measurement[1];
    int[] total = new int[1];
    return eventually(
        () -> {
          Measurement m = probe.measure(TIMEOUT);
          total[0] += (int) m.orElse(Metrics.PROBES_RECEIVED, 0);
          sum[0] = m.orElse(Metrics.PROBES_RECEIVED, 0) > 0 ? m : sum[0];
          assertEquals(count, total[0]);
          return sum[0];
        });
  }

  @Test
  void reportsPooledPerTargetAndPerType() throws Exception {
    try (Probe probe = PingProbe.open(host, EchoOptions.of("192.0.2.1:dns"), clock)) {
      clock.advance(Duration.ofSeconds(1));
      host.process().print(reply(1, 20));
      Measurement m = received(probe, 1);
      for (String scope : List.of("", "192.0.2.1", "dns")) {
        assertEquals(0.02, m.get(Metrics.RTT_MEAN.in(scope)).orElseThrow(), 1e-9, scope);
        assertEquals(0, m.get(Metrics.LOSS.in(scope)).orElseThrow(), scope);
      }
      assertEquals(1, m.delays().size());
      assertEquals("192.0.2.1", m.delays().get(0).target());
      assertTrue(probe.metrics().containsAll(m.metrics()));
    }
  }

  @Test
  void totalLossIsAMeasurement() throws Exception {
    try (Probe probe = PingProbe.open(host, EchoOptions.of("192.0.2.1"), clock)) {
      int[] sequence = {0};
      eventually(
          () -> {
            host.process().print("[1.0] no answer yet for icmp_seq=" + ++sequence[0] + "\n");
            clock.advance(Duration.ofMillis(200));
            Measurement m = probe.measure(TIMEOUT);
            assertEquals(1, m.get(Metrics.LOSS).orElse(-1));
            assertFalse(m.has(Metrics.RTT_MEAN));
            return m;
          });
    }
  }

  @Test
  void aDeadProcessIsStartedAgain() throws Exception {
    try (Probe probe = PingProbe.open(host, EchoOptions.of("192.0.2.1"), clock)) {
      FakeProcess first = host.process();
      first.print(reply(1, 20));
      received(probe, 1);
      first.exit(1);
      FakeProcess second =
          eventually(
              () -> {
                assertEquals(2, host.processes().size());
                return host.process();
              });
      second.print(reply(1, 30));
      received(probe, 1);
    }
  }

  @Test
  void anUnresolvableTargetNamesTheFix() throws Exception {
    try (Probe probe = PingProbe.open(host, EchoOptions.of("nosuch.example"), clock)) {
      host.process().printError("ping: nosuch.example: Name or service not known\n");
      host.process().exit(2);
      String message =
          eventually(
              () -> assertThrows(ProbeException.class, () -> probe.measure(TIMEOUT)).getMessage());
      assertTrue(message.contains("nosuch.example") && message.contains("DNS"), message);
    }
  }

  @Test
  void oneTargetThatCannotBeProbedDoesNotSpeakForTheOther() throws Exception {
    try (Probe probe = PingProbe.open(host, EchoOptions.of("192.0.2.1", "nosuch.example"), clock)) {
      host.processes().get(1).printError("ping: nosuch.example: Name or service not known\n");
      host.processes().get(1).exit(2);
      host.processes().get(0).print(reply(1, 20));
      received(probe, 1);
    }
  }

  @Test
  void anotherLanguageIsSaidToBeNotUnderstood() throws Exception {
    try (Probe probe = PingProbe.open(host, EchoOptions.of("192.0.2.1"), clock)) {
      host.process().print("64 octets de 192.0.2.1: temps=0.075 ms\n".repeat(30));
      String message =
          eventually(
              () -> assertThrows(ProbeException.class, () -> probe.measure(TIMEOUT)).getMessage());
      assertTrue(message.contains("octets de"), message);
    }
  }

  @Test
  void aHungProcessIsStartedAgain() throws Exception {
    try (Probe probe = PingProbe.open(host, EchoOptions.of("192.0.2.1"), clock)) {
      FakeProcess first = host.process();
      first.print(reply(1, 20));
      received(probe, 1);
      clock.advance(Duration.ofSeconds(10));
      assertThrows(ProbeException.class, () -> probe.measure(TIMEOUT));
      eventually(
          () -> {
            assertEquals(2, host.processes().size());
            return 0;
          });
      assertTrue(first.closed());
    }
  }

  @Test
  void aFloodIsEnded() throws Exception {
    try (Probe probe = PingProbe.open(host, EchoOptions.of("192.0.2.1"), clock)) {
      FakeProcess first = host.process();
      first.print(reply(1, 20).repeat(50_000));
      eventually(
          () -> {
            assertTrue(first.closed());
            return 0;
          });
    }
  }

  @Test
  void sequenceNumbersThatWrapGoOn() throws Exception {
    try (Probe probe = PingProbe.open(host, EchoOptions.of("192.0.2.1"), clock)) {
      host.process().print(reply(65535, 20) + reply(0, 20) + reply(1, 20));
      received(probe, 3);
    }
  }

  @Test
  void aMissingPingNamesThePackage() {
    host.onRefusal("ping", HostException.Kind.NOT_INSTALLED, "ping is not there");
    ProbeException e =
        assertThrows(
            ProbeException.class,
            () -> PingProbe.open(host, EchoOptions.of("192.0.2.1"), clock).close());
    assertTrue(
        String.valueOf(e.getMessage()).contains("apt-get install iputils-ping"), e.getMessage());
  }

  @Test
  void nothingOutlivesTheProbe() throws Exception {
    Probe probe = PingProbe.open(host, EchoOptions.of("192.0.2.1", "192.0.2.2"), clock);
    probe.close();
    probe.close();
    assertTrue(host.processes().stream().allMatch(FakeProcess::closed));
    assertThrows(ProbeException.class, () -> probe.measure(TIMEOUT));
  }

  @Test
  void optionsBecomeArguments() {
    EchoOptions options =
        EchoOptions.builder(List.of(Target.of("192.0.2.1")))
            .interval(Duration.ofMillis(50))
            .size(1000)
            .dscp(46)
            .interfaceName("wan0")
            .source("192.0.2.9")
            .build();
    assertEquals(
        "ping -n -D -O -i 0.050 -s 1000 -Q 184 -I wan0 -I 192.0.2.9 192.0.2.1",
        PingSource.command(Target.of("192.0.2.1"), EchoBinding.of(options)).toString());
  }

  @Test
  void theProviderTellsWhatIsWrong() {
    PingProbeProvider provider = new PingProbeProvider();
    Map<String, String> values =
        Map.of("targets", "8.8.8.8:DNS,-f", "interval", "soon", "dscp", "99", "colour", "red");
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> provider.create(host, Settings.of("probe 'ping'", values)));
    assertEquals(5, e.problems().size(), e.getMessage());
    host.on("ping -V", "BusyBox v1.35.0 multi-call binary");
    Availability no = provider.availability(host);
    assertFalse(no.available());
    assertTrue(no.fix().contains("iputils-ping"));
    host.on("ping -V", "ping from iputils 20221126");
    assertTrue(provider.availability(host).available());
  }
}
