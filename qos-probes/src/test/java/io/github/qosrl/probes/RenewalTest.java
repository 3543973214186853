package io.github.qosrl.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.FakeProcess;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.probes.fping.FpingProbe;
import io.github.qosrl.probes.ping.PingProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a probe starts its processes anew though they live: their sockets are good for nothing. */
@Timeout(60)
class RenewalTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final String NUMBER = "/sys/class/net/wan0/ifindex";
  private final FakeHost host = new FakeHost();
  private final VirtualClock clock = new VirtualClock();

  private Probe open(String id, String interfaceName, String... targets) throws Exception {
    EchoOptions options =
        EchoOptions.builder(EchoOptions.of(targets).targets()).interfaceName(interfaceName).build();
    return id.equals("ping")
        ? PingProbe.open(host, options, clock)
        : FpingProbe.open(host, options, clock);
  }

  private static String reply(String id, String target, int n) {
    return id.equals("ping")
        ? "64 bytes from %s: icmp_seq=%d ttl=64 time=20.0 ms%n".formatted(target, n + 1)
        : "%s : [%d], 64 bytes, 20.0 ms (20 avg, 0%% loss)%n".formatted(target, n);
  }

  /** Lets time pass in the steps of a loop, while a process answers. */
  private void pass(Probe probe, Duration time, Runnable eachTick) throws Exception {
    for (long i = 0; i < time.toMillis() / 200; i++) {
      clock.advance(Duration.ofMillis(200));
      eachTick.run();
      try {
        probe.measure(TIMEOUT);
      } catch (ProbeException e) {
        // It tells what is wrong; here it matters what becomes of it.
      }
    }
  }

  private void awaitProcesses(int count) throws Exception {
    while (host.processes().size() < count) {
      Thread.sleep(1);
    }
  }

  private void awaitReply(Probe probe) throws Exception {
    while (probe.measure(TIMEOUT).orElse(Metrics.PROBES_RECEIVED, 0) == 0) {
      Thread.sleep(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void anotherInterfaceOfThatNameGetsAnotherProcess(String id) throws Exception {
    host.file(NUMBER, "7\n");
    try (Probe probe = open(id, "wan0", "192.0.2.1")) {
      FakeProcess first = host.process();
      first.print(reply(id, "192.0.2.1", 0));
      awaitReply(probe);
      host.noFile(NUMBER);
      clock.advance(Duration.ofSeconds(1));
      String message =
          assertThrows(ProbeException.class, () -> probe.measure(TIMEOUT)).getMessage();
      assertTrue(String.valueOf(message).contains("wan0 of fake has gone"), message);
      host.file(NUMBER, "8\n");
      pass(probe, Duration.ofSeconds(1), () -> {});
      awaitProcesses(2);
      assertTrue(first.closed());
      host.process().print(reply(id, "192.0.2.1", 0));
      awaitReply(probe);
      pass(probe, Duration.ofSeconds(2), () -> {});
      assertEquals(2, host.processes().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void anInterfaceReplacedBetweenTwoLooksIsNoticedToo(String id) throws Exception {
    host.file(NUMBER, "7\n");
    try (Probe probe = open(id, "wan0", "192.0.2.1")) {
      host.file(NUMBER, "8\n");
      pass(probe, Duration.ofSeconds(1), () -> {});
      awaitProcesses(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "fping"})
  void aTargetSilentForAMinuteIsLookedUpAgain(String id) throws Exception {
    try (Probe probe = open(id, "", "www.example.org")) {
      FakeProcess first = host.process();
      int[] n = {0};
      // It lives, and says that nobody answers.
      Runnable complains =
          () -> {
            first.print(
                id.equals("ping")
                    ? "no answer yet for icmp_seq=%d%n".formatted(++n[0])
                    : "www.example.org : [%d], timed out (NaN avg, 100%% loss)%n"
                        .formatted(n[0]++));
          };
      pass(probe, Duration.ofSeconds(50), complains);
      assertFalse(first.closed());
      pass(probe, Duration.ofSeconds(15), complains);
      awaitProcesses(2);
      assertTrue(first.closed());
    }
  }

  @Test
  void oneSilentTargetDoesNotDisturbTheOthersOfFping() throws Exception {
    try (Probe probe = open("fping", "", "192.0.2.1", "www.example.org")) {
      FakeProcess first = host.process();
      int[] n = {0};
      pass(
          probe,
          Duration.ofMinutes(3),
          () -> {
            first.print(reply("fping", "192.0.2.1", n[0]++));
          });
      assertEquals(List.of(first), host.processes());
    }
  }

  @Test
  void aProcessThatRestsAfterAFailureIsStartedAtOnceForANewInterface() throws Exception {
    try (Probe probe = open("ping", "wan0", "192.0.2.1")) {
      host.process().printError("ping: SO_BINDTODEVICE wan0: No such device\n");
      host.process().exit(2);
      awaitProcesses(2);
      host.file(NUMBER, "9\n");
      pass(probe, Duration.ofSeconds(1), () -> {});
      awaitProcesses(3);
    }
  }
}
