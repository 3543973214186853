package io.github.qosrl.probes.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersProbeTest {
  private static final Duration TICK = Duration.ofMillis(500);
  private final FakeHost host = new FakeHost();
  private final VirtualClock clock = new VirtualClock();

  private void counters(long ifindex, long rx, long tx) {
    host.file("/sys/class/net/wan0/ifindex", ifindex + "\n")
        .file("/sys/class/net/wan0/statistics/rx_bytes", Long.toUnsignedString(rx) + "\n")
        .file("/sys/class/net/wan0/statistics/tx_bytes", Long.toUnsignedString(tx) + "\n")
        .file("/sys/class/net/wan0/statistics/rx_packets", Long.divideUnsigned(rx, 1000) + "\n")
        .file("/sys/class/net/wan0/statistics/tx_packets", Long.divideUnsigned(tx, 1000) + "\n");
  }

  private CountersProbe open(CountersProbe.Side side) throws ProbeException {
    return CountersProbe.open(host, "wan0", side, clock);
  }

  private Measurement next(CountersProbe probe, long ifindex, long rx, long tx) throws Exception {
    counters(ifindex, rx, tx);
    clock.advance(TICK);
    return probe.measure(Duration.ofSeconds(1));
  }

  @Test
  void whatTheWanReceivesIsDownload() throws Exception {
    counters(2, 1_000_000, 500_000);
    CountersProbe probe = open(CountersProbe.Side.WAN);
    Measurement m = next(probe, 2, 1_625_000, 510_000);
    assertEquals(10e6, m.get(Metrics.throughput(Direction.DOWNLOAD)).orElseThrow(), 1);
    assertEquals(160e3, m.get(Metrics.throughput(Direction.UPLOAD)).orElseThrow(), 1);
    assertEquals(625, m.get(Metrics.PACKETS_PASSED.in(Direction.DOWNLOAD)).orElseThrow());
    assertEquals(10_000, m.get(Metrics.BYTES_PASSED.in(Direction.UPLOAD)).orElseThrow());
  }

  @Test
  void whatTheLanSendsIsDownload() throws Exception {
    counters(2, 0, 0);
    CountersProbe probe = open(CountersProbe.Side.LAN);
    Measurement m = next(probe, 2, 0, 625_000);
    assertEquals(10e6, m.get(Metrics.throughput(Direction.DOWNLOAD)).orElseThrow(), 1);
  }

  @Test
  void a32BitCounterThatWrapsGoesOn() throws Exception {
    counters(2, 0xffff_ff00L, 0);
    CountersProbe probe = open(CountersProbe.Side.WAN);
    Measurement m = next(probe, 2, 0x100, 0);
    assertEquals(0x200, m.get(Metrics.BYTES_PASSED.in(Direction.DOWNLOAD)).orElseThrow());
  }

  @Test
  void a64BitCounterWithItsTopBitSetCountsOn() throws Exception {
    counters(2, Long.MAX_VALUE, 0);
    CountersProbe probe = open(CountersProbe.Side.WAN);
    Measurement m = next(probe, 2, Long.MIN_VALUE + 9, 0);
    assertEquals(10, m.get(Metrics.BYTES_PASSED.in(Direction.DOWNLOAD)).orElseThrow());
  }

  @Test
  void aCounterThatWasResetIsAbsentForOneWindow() throws Exception {
    counters(2, 1_000_000_000, 7_000_000);
    CountersProbe probe = open(CountersProbe.Side.WAN);
    Measurement reset = next(probe, 2, 1000, 7_000_000);
    assertFalse(reset.has(Metrics.throughput(Direction.DOWNLOAD)));
    assertTrue(reset.has(Metrics.throughput(Direction.UPLOAD)));
    Measurement after = next(probe, 2, 2000, 7_000_000);
    assertEquals(16e3, after.get(Metrics.throughput(Direction.DOWNLOAD)).orElseThrow(), 1);
  }

  @Test
  void anInterfaceMadeAnewStartsOver() throws Exception {
    counters(2, 1000, 1000);
    CountersProbe probe = open(CountersProbe.Side.WAN);
    assertTrue(next(probe, 9, 50_000_000, 50_000_000).metrics().isEmpty());
    assertTrue(next(probe, 9, 50_001_000, 50_001_000).has(Metrics.throughput(Direction.UPLOAD)));
  }

  @Test
  void anInterfaceThatVanishesIsAnErrorUntilItIsBack() throws Exception {
    counters(2, 1000, 1000);
    CountersProbe probe = open(CountersProbe.Side.WAN);
    host.noFile("/sys/class/net/wan0");
    ProbeException e =
        assertThrows(ProbeException.class, () -> probe.measure(Duration.ofSeconds(1)));
    assertTrue(
        String.valueOf(e.getMessage()).contains("wan0")
            && String.valueOf(e.getMessage()).contains("ip link"));
    assertTrue(next(probe, 3, 10, 10).metrics().isEmpty());
    assertTrue(next(probe, 3, 20, 20).has(Metrics.throughput(Direction.DOWNLOAD)));
  }

  @Test
  void anUnknownInterfaceIsRefusedAtOnce() {
    assertThrows(ProbeException.class, () -> open(CountersProbe.Side.WAN));
    assertThrows(
        IllegalArgumentException.class,
        () -> CountersProbe.open(host, "../etc", CountersProbe.Side.WAN, clock));
  }

  @Test
  void theProviderListsAllMistakes() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                new CountersProbeProvider()
                    .create(host, Settings.of("probe 'counters'", Map.of("side", "up", "x", "1"))));
    assertEquals(3, e.problems().size(), e.getMessage());
  }
}
