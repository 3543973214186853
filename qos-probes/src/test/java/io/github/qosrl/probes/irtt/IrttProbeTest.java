package io.github.qosrl.probes.irtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IrttProbeTest {
  private static final Duration WINDOW = Duration.ofMillis(200);
  private static final String CONNECTED = "[192.0.2.1:2112] [Connected] connection established\n";
  private final FakeHost host = new FakeHost();
  private final VirtualClock clock = new VirtualClock();

  private Probe open() throws Exception {
    return IrttProbe.open(host, EchoOptions.of("192.0.2.1"), "", clock);
  }

  private static String reply(int sequence, int downMillis, int upMillis) {
    return "seq=%d rtt=%dms rd=%dms sd=%dms ipdv=0s%n"
        .formatted(sequence, downMillis + upMillis, downMillis, upMillis);
  }

  /** Packets leave every 200 ms and are answered at once; each window is as long. */
  private Measurement answer(Probe probe, int first, int count, int down, int up) throws Exception {
    Measurement last = Measurement.empty(clock.now(), clock.now());
    for (int i = first; i < first + count; i++) {
      clock.advance(WINDOW);
      host.process().print(reply(i, down, up));
      last = probe.measure(WINDOW);
    }
    return last;
  }

  @Test
  void tellsTheDirectionsApart() throws Exception {
    try (Probe probe = open()) {
      host.process().print(CONNECTED);
      answer(probe, 0, 20, 5, 15);
      Measurement m = answer(probe, 20, 3, 5, 45);
      assertEquals(0.030, inflation(m, Direction.UPLOAD), 1e-4);
      assertEquals(0, inflation(m, Direction.DOWNLOAD), 1e-4);
      assertEquals(0.050, m.get(Metrics.RTT_MEAN).orElseThrow(), 1e-9);
      assertEquals(1, m.delays().size());
      for (Direction direction : Direction.values()) {
        assertEquals(1, m.get(FlowMetrics.ECHO_ONE_WAY_SAMPLES.in(direction)).orElseThrow());
      }
      assertTrue(probe.metrics().containsAll(m.metrics()));
    }
  }

  private static double inflation(Measurement m, Direction direction) {
    return m.get(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(direction)).orElseThrow();
  }

  @Test
  void withoutAnAnswerThereIsNoInflation() throws Exception {
    try (Probe probe = open()) {
      host.process().print(CONNECTED);
      answer(probe, 0, 20, 5, 15);
      clock.advance(WINDOW);
      Measurement m = probe.measure(WINDOW);
      for (Direction direction : Direction.values()) {
        assertFalse(m.has(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(direction)));
        assertEquals(0, m.get(FlowMetrics.ECHO_ONE_WAY_SAMPLES.in(direction)).orElseThrow());
      }
    }
  }

  @Test
  void clocksMoreThanTenSecondsApartLeaveTheRoundTrip() throws Exception {
    try (Probe probe = open()) {
      host.process().print(CONNECTED);
      answer(probe, 0, 19, 5, 15);
      clock.advance(WINDOW);
      host.process().print("seq=19 rtt=20ms rd=-59.9s sd=1m0s ipdv=0s\n");
      Measurement m = probe.measure(WINDOW);
      assertEquals(0.02, m.get(Metrics.RTT_MEAN).orElseThrow(), 1e-9);
      assertFalse(m.has(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(Direction.UPLOAD)));
    }
  }

  /** Lines have no time: the period of the packets tells when an answer came. */
  @Test
  void answersReadTogetherAreTimedApart() throws Exception {
    try (Probe probe = open()) {
      host.process().print(CONNECTED);
      probe.measure(WINDOW);
      Instant begin = clock.now();
      answer(probe, 0, 1, 5, 15);
      clock.advance(WINDOW.multipliedBy(3));
      host.process().print(reply(1, 5, 15) + reply(2, 5, 15) + reply(3, 5, 15));
      Measurement m = probe.measure(WINDOW);
      assertEquals(3, m.delays().size());
      for (int i = 0; i < 3; i++) {
        Duration after = Duration.between(begin, m.delays().get(i).receivedAt());
        assertEquals(200 * (i + 1) + 20, after.toMillis(), 1, m.delays().toString());
      }
    }
  }

  @Test
  void aPacketThatNobodyAnswersIsLostThoughIrttSaysNothing() throws Exception {
    try (Probe probe = open()) {
      host.process().print(CONNECTED);
      answer(probe, 0, 3, 5, 15);
      double lost = 0;
      for (int i = 0; i < 20 && lost == 0; i++) {
        clock.advance(WINDOW);
        lost = probe.measure(WINDOW).orElse(Metrics.LOSS, 0);
      }
      assertEquals(1, lost);
    }
  }

  @Test
  void theEndOfASessionIsNoFailure() throws Exception {
    try (Probe probe = open()) {
      host.process().print(CONNECTED);
      answer(probe, 0, 3, 5, 15);
      host.process().print("[192.0.2.1:2112] [WaitForPackets] waiting 1s for final packets\n");
      host.process().exit(0);
      while (host.processes().size() < 2) {
        probe.measure(WINDOW);
        Thread.onSpinWait();
      }
      host.process().print(CONNECTED);
      Measurement m = answer(probe, 0, 1, 5, 15);
      assertEquals(1, m.get(Metrics.PROBES_RECEIVED).orElseThrow());
      assertEquals(0, m.get(Metrics.LOSS).orElseThrow());
    }
  }

  @Test
  void aLongerIntervalThatTheServerImposesIsKept() throws Exception {
    try (Probe probe = open()) {
      host.process()
          .print(
              "[192.0.2.1:2112] [ServerRestriction] server increased interval from 200ms to 1s\n"
                  + CONNECTED);
      answer(probe, 0, 1, 5, 15);
      clock.advance(Duration.ofMillis(1500));
      Measurement m = probe.measure(WINDOW);
      assertEquals(1, m.get(Metrics.PROBES_SENT).orElseThrow(), m.toString());
    }
  }

  @Test
  void optionsBecomeArguments() {
    EchoOptions options =
        EchoOptions.builder(List.of(Target.parse("[2001:db8::1]:2113:web")))
            .interval(Duration.ofMillis(50))
            .size(500)
            .dscp(46)
            .source("2001:db8::2")
            .build();
    assertEquals(
        "irtt client --loose -d 3600s -i 50ms --wait=1000ms -l 500 --dscp=184"
            + " --local=[2001:db8::2] --hmac=secret [2001:db8::1]:2113",
        IrttSource.command(options.targets().get(0), EchoBinding.of(options), "secret").toString());
    assertEquals(
        "irtt client --loose -d 3600s -i 200ms --wait=1000ms vps.example.org",
        IrttSource.command(
                Target.of("vps.example.org"), EchoBinding.of(EchoOptions.of("vps.example.org")), "")
            .toString());
  }

  @Test
  void noMessageTellsTheKey() throws Exception {
    Command command =
        IrttSource.command(Target.of("a"), EchoBinding.of(EchoOptions.of("a")), "secret");
    try (Probe probe = IrttProbe.open(host, EchoOptions.of("192.0.2.1"), "secret", clock)) {
      clock.advance(Duration.ofMinutes(2));
      String message =
          String.valueOf(assertThrows(Exception.class, () -> probe.measure(WINDOW)).getMessage());
      assertTrue(message.contains("has printed nothing"), message);
      assertTrue(command.toString().contains("secret"));
      assertFalse(message.contains("secret"), message);
    }
  }

  @Test
  void theProviderTellsWhatIsWrong() {
    IrttProbeProvider provider = new IrttProbeProvider();
    Map<String, String> values =
        Map.of("targets", "vps.example.org", "interval", "1ms", "colour", "red");
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> provider.create(host, Settings.of("probe 'irtt'", values)));
    assertEquals(2, e.problems().size(), e.getMessage());
    host.onRefusal("irtt version", HostException.Kind.NOT_INSTALLED, "irtt is not there");
    Availability no = provider.availability(host);
    assertFalse(no.available());
    assertTrue(no.fix().contains("apt-get install irtt"), no.fix());
    host.on("irtt version", "irtt version: 0.9.0\nprotocol version: 1\n");
    assertTrue(provider.availability(host).available());
  }
}
