package io.github.qosrl.probes.fping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FpingProbeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private final FakeHost host = new FakeHost();
  private final VirtualClock clock = new VirtualClock();

  @Test
  void silenceIsLossAfterTheDeadlineThoughFpingSaysNothing() throws Exception {
    try (Probe probe = FpingProbe.open(host, EchoOptions.of("192.0.2.1"), clock)) {
      double lost = 0;
      for (int i = 0; i < 200 && lost == 0; i++) {
        Thread.sleep(1);
        clock.advance(Duration.ofMillis(100));
        lost = probe.measure(TIMEOUT).orElse(Metrics.LOSS, 0);
      }
      assertEquals(1, lost);
    }
  }

  @Test
  void asksForTenSecondsOfPatienceAndSpreadsThePackets() {
    EchoOptions options =
        EchoOptions.builder(List.of(Target.of("192.0.2.1"), Target.of("2001:db8::1")))
            .interval(Duration.ofMillis(150))
            .size(100)
            .dscp(8)
            .interfaceName("wan0")
            .source("192.0.2.9")
            .build();
    assertEquals(
        "fping -l -D -t 10000 -p 150 -i 75 -b 100 -O 32 -I wan0 -S 192.0.2.9 192.0.2.1 2001:db8::1",
        FpingSource.command(FpingMode.ECHO, options.targets(), EchoBinding.of(options)).toString());
  }

  @Test
  void aNameWithoutAnAddressIsAbsentNotLost() throws Exception {
    EchoOptions options = EchoOptions.of("192.0.2.1", "nosuch.example");
    try (Probe probe = FpingProbe.open(host, options, clock)) {
      host.process().printError("nosuch.example: Name or service not known\n");
      double received = 0;
      Measurement m = probe.measure(TIMEOUT);
      for (int i = 0; i < 500 && received == 0; i++) {
        host.process()
            .print("[1.0] 192.0.2.1 : [" + i + "], 64 bytes, 10.0 ms (10 avg, 0% loss)\n");
        Thread.sleep(1);
        clock.advance(Duration.ofMillis(200));
        m = probe.measure(TIMEOUT);
        received = m.orElse(Metrics.PROBES_RECEIVED, 0);
      }
      assertTrue(received > 0);
      assertEquals(0, m.orElse(Metrics.PROBES_SENT.in("nosuch.example"), 0));
    }
  }

  @Test
  void aFirstAnswerThatComesSecondCountsToo() throws Exception {
    try (Probe probe = FpingProbe.open(host, EchoOptions.of("192.0.2.1"), clock)) {
      clock.advance(Duration.ofMillis(201));
      host.process()
          .print(
              """
              [1.0] 192.0.2.1 : [1], 64 bytes, 1.0 ms (1 avg, 0% loss)
              [1.0] 192.0.2.1 : [0], 64 bytes, 201 ms (100 avg, 0% loss)
              """);
      assertEquals(2, probe.measure(TIMEOUT).get(Metrics.PROBES_RECEIVED).orElseThrow());
    }
  }

  @Test
  void answersByAnotherInterfaceThanTheOneItWasToldAreNone() throws Exception {
    EchoOptions options =
        EchoOptions.builder(List.of(Target.of("192.0.2.1"))).interfaceName("wan0").build();
    try (Probe probe = FpingProbe.open(host, options, clock)) {
      host.process()
          .printError("binding to specific interface (SO_BINTODEVICE): Operation not permitted\n");
      String refused = "";
      for (int i = 0; i < 500 && refused.isEmpty(); i++) {
        host.process()
            .print("[1.0] 192.0.2.1 : [" + i + "], 64 bytes, 10.0 ms (10 avg, 0% loss)\n");
        Thread.sleep(1);
        clock.advance(Duration.ofMillis(200));
        try {
          probe.measure(TIMEOUT);
        } catch (ProbeException e) {
          refused = String.valueOf(e.getMessage());
        }
      }
      assertTrue(refused.contains("cap_net_raw"), refused);
    }
  }
}
