package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.FakeProcess;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.fping.FpingProbe;
import io.github.qosrl.probes.fping.FpingTimestampProbe;
import io.github.qosrl.probes.irtt.IrttProbe;
import io.github.qosrl.probes.ping.PingProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the probes that send packets go over to the pace of an idle link, and back. */
@Timeout(60)
class PaceTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final String TARGET = "192.0.2.1";

  private final FakeHost host = new FakeHost();
  private final VirtualClock clock = new VirtualClock();
  private double sent;
  private double lost;

  private Probe open(String id) throws Exception {
    EchoOptions options =
        EchoOptions.builder(EchoOptions.of(TARGET).targets()).interval(TICK).build();
    return switch (id) {
      case "ping" -> PingProbe.open(host, options, clock);
      case "fping" -> FpingProbe.open(host, options, clock);
      case "fping-timestamp" -> FpingTimestampProbe.open(host, options, clock);
      default -> IrttProbe.open(host, options, "", clock);
    };
  }

  private static String reply(String id, int n, double millis) {
    return id.equals("ping")
        ? "64 bytes from %s: icmp_seq=%d ttl=64 time=%.1f ms%n".formatted(TARGET, n + 1, millis)
        : "%s : [%d], 64 bytes, %.1f ms (20 avg, 0%% loss)%n".formatted(TARGET, n, millis);
  }

  private Measurement measure(Probe probe) throws Exception {
    Measurement m = probe.measure(TIMEOUT);
    sent += m.orElse(Metrics.PROBES_SENT, 0);
    lost += m.orElse(Metrics.LOSS, 0);
    return m;
  }

  /** The process answers each packet after 20 ms; the loop measures as often as it should. */
  private Measurement pass(Probe probe, String id, int packets, Duration interval)
      throws Exception {
    Measurement last = measure(probe);
    for (int n = 0; n < packets; n++) {
      clock.advance(interval);
      host.process().print(reply(id, n, 20));
      last = measure(probe);
    }
    return last;
  }

  private FakeProcess awaitProcess(int number) throws Exception {
    while (host.processes().size() < number) {
      Thread.sleep(1);
    }
    return host.processes().get(number - 1);
  }

  /** Until what was started last is read. */
  private void awaitReply(Probe probe, String id) throws Exception {
    double received = 0;
    for (int n = 0; received == 0; n++) {
      clock.advance(TICK);
      host.process().print(reply(id, n, 20));
      Thread.sleep(1);
      received = measure(probe).orElse(Metrics.PROBES_RECEIVED, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ping, -i 1.000, -i 0.050",
    "fping, -p 1000, -p 50",
    "fping-timestamp, -p 1000, -p 50"
  })
  void onAnIdleLinkAPacketASecondIsSentAndAWindowASecondWanted(String id, String slow, String fast)
      throws Exception {
    try (Probe probe = open(id)) {
      assertTrue(host.process().command().toString().contains(fast));
      assertEquals(Duration.ofSeconds(1), probe.pace(Pace.IDLE));
      assertTrue(awaitProcess(2).command().toString().contains(slow));
      assertEquals(Duration.ZERO, probe.pace(Pace.FULL));
      assertTrue(awaitProcess(3).command().toString().contains(fast));
      assertTrue(host.processes().get(0).closed() || !host.processes().get(0).alive());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void theBaselineStaysNothingIsLostAndNothingIsBlind(String id) throws Exception {
    try (Probe probe = open(id)) {
      pass(probe, id, 100, TICK);
      probe.pace(Pace.IDLE);
      awaitProcess(2);
      awaitReply(probe, id);
      Measurement idle = pass(probe, id, 20, Duration.ofSeconds(1));
      assertEquals(0.020, idle.orElse(Metrics.BASELINE_DELAY, 0), 1e-9);
      assertEquals(0, idle.orElse(Metrics.DELAY_INFLATION, 1), 1e-9);
      assertEquals(0, idle.orElse(Metrics.BLIND, 1));
      probe.pace(Pace.FULL);
      awaitProcess(3);
      awaitReply(probe, id);
      Measurement full = pass(probe, id, 100, TICK);
      assertEquals(0.020, full.orElse(Metrics.BASELINE_DELAY, 0), 1e-9);
      assertEquals(0, full.orElse(Metrics.DELAY_INFLATION, 1), 1e-9);
      assertEquals(0, lost, 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void whatTheFormerProcessStillPrintsIsNotTold(String id) throws Exception {
    try (Probe probe = open(id)) {
      pass(probe, id, 10, TICK);
      FakeProcess former = host.process();
      probe.pace(Pace.IDLE);
      former.print(reply(id, 11, 500));
      awaitProcess(2);
      awaitReply(probe, id);
      assertEquals(0.020, measure(probe).orElse(Metrics.BASELINE_DELAY, 0), 1e-9);
      assertEquals(0, lost, 1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void aProcessThatCannotBeStartedIsToldAsAlways(String id) throws Exception {
    try (Probe probe = open(id)) {
      pass(probe, id, 10, TICK);
      host.onRefusal(id, HostException.Kind.FAILED, "no more processes");
      probe.pace(Pace.IDLE);
      String message = "";
      while (message.isEmpty()) {
        clock.advance(TICK);
        try {
          probe.measure(TIMEOUT);
          Thread.sleep(1);
        } catch (ProbeException e) {
          message = String.valueOf(e.getMessage());
        }
      }
      assertTrue(message.contains("no more processes"), message);
    }
  }

  /** A session of irtt begins with a handshake, which traffic that begins would hold up. */
  @Test
  void aSessionWithAServerGoesOnAndIsAskedForAWindowASecond() throws Exception {
    try (Probe probe = open("irtt")) {
      assertEquals(Duration.ofSeconds(1), probe.pace(Pace.IDLE));
      assertEquals(Duration.ZERO, probe.pace(Pace.FULL));
      assertEquals(1, host.processes().size());
      assertFalse(host.process().closed());
    }
  }

  @Test
  void aProbeThatIsSlowerAnywayKeepsItsProcess() throws Exception {
    EchoOptions options =
        EchoOptions.builder(EchoOptions.of(TARGET).targets())
            .interval(Duration.ofSeconds(5))
            .build();
    try (Probe probe = FpingProbe.open(host, options, clock)) {
      probe.pace(Pace.IDLE);
      probe.pace(Pace.FULL);
      assertEquals(1, host.processes().size());
      assertFalse(host.process().closed());
    }
  }

  @Test
  void closingWhileAnotherProcessStartsLeavesNone() throws Exception {
    Probe probe = open("fping");
    probe.pace(Pace.IDLE);
    probe.close();
    FakeProcess second = awaitProcess(1);
    for (FakeProcess process : host.processes()) {
      while (process.alive()) {
        Thread.sleep(1);
      }
    }
    assertTrue(second.closed());
  }
}
