package io.github.qosrl.probes.iperf3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a bandwidth test can be bound to an uplink. */
class Iperf3BindingTest {
  private final FakeHost host =
      new FakeHost()
          .on("ip -o addr", "3: wan2    inet 10.81.2.2/24 scope global wan2\n")
          .on("ip route get 192.0.2.7 oif wan2", "192.0.2.7 via 10.81.2.1 dev wan2");

  private static Iperf3Options options(String server) {
    return new Iperf3Options(
        server,
        List.of(5201),
        Iperf3Options.Mode.BOTH,
        false,
        Optional.empty(),
        Duration.ofSeconds(5),
        Duration.ZERO,
        1,
        "",
        "wan2",
        0);
  }

  @ParameterizedTest
  @CsvSource({
    "iperf 3.7,true",
    "iperf 3.9,true",
    "iperf 3.10.1,true",
    "iperf 3.11,false",
    "iperf 3.12,false",
    "iperf 3.21,false",
    "'',false"
  })
  void versionsThatBindNoTestAreKnown(String version, boolean tooOld) {
    assertEquals(tooOld, Iperf3Binding.tooOld(version));
  }

  @Test
  void theTestIsBoundToTheInterface() throws Exception {
    host.on("iperf3 -v", "iperf 3.12 (cJSON 1.7.15)\nLinux\n");
    assertEquals("wan2", Iperf3Binding.on(host, options("192.0.2.7")).interfaceName());
  }

  @Test
  void anOldIperf3IsRefusedUnlessTheSystemGoesThatWayAnyhow() throws Exception {
    host.on("iperf3 -v", "iperf 3.9 (cJSON 1.7.13)\nLinux\n");
    ProbeException e =
        assertThrows(
            ProbeException.class, () -> Iperf3Binding.on(host, options("iperf.example.net")));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("iperf 3.9 cannot bind a test to wan2; to fix:"),
        e::toString);
    host.on("ip route get 192.0.2.7", "192.0.2.7 via 10.81.2.1 dev wan2 src 10.81.2.2");
    assertEquals("", Iperf3Binding.on(host, options("192.0.2.7")).interfaceName());
    host.on("ip route get 192.0.2.7", "192.0.2.7 via 10.81.1.1 dev wan1 src 10.81.1.2");
    assertThrows(ProbeException.class, () -> Iperf3Binding.on(host, options("192.0.2.7")));
  }
}
