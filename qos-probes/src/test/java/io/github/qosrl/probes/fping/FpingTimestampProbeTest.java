package io.github.qosrl.probes.fping;

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
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.internal.EchoBinding;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class FpingTimestampProbeTest {
  private static final Duration WINDOW = Duration.ofMillis(200);
  private static final long DAY = 86_400_000;
  private static final LongUnaryOperator RIGHT = t -> t;
  private final FakeHost host = new FakeHost();
  private final VirtualClock clock = new VirtualClock();

  /** Milliseconds of the day at which the next packet leaves. */
  private long sent = DAY - 2_000;

  private int index;

  /** One answer in a window, of a far end with a clock of its own. */
  private Measurement answer(Probe probe, int up, int down, LongUnaryOperator farClock)
      throws Exception {
    clock.advance(WINDOW);
    long far = farClock.applyAsLong((sent + up) % DAY);
    host.process()
        .print(
            ("192.0.2.1 : [%d], 20 bytes, %d ms (1 avg, 0%% loss), timestamps:"
                    + " Originate=%d Receive=%d Transmit=%d Localreceive=%d%n")
                .formatted(index++, up + down, sent % DAY, far, far, (sent + up + down) % DAY));
    sent += WINDOW.toMillis();
    return probe.measure(WINDOW);
  }

  private Measurement afterSomeSeconds(LongUnaryOperator farClock) throws Exception {
    try (Probe probe = FpingTimestampProbe.open(host, EchoOptions.of("192.0.2.1"), clock)) {
      for (int i = 0; i < 30; i++) {
        answer(probe, 10, 10, farClock);
      }
      Measurement m = answer(probe, 60, 10, farClock);
      assertTrue(probe.metrics().containsAll(m.metrics()));
      assertEquals(0.070, m.get(Metrics.RTT_MEAN).orElseThrow(), 1e-9);
      return m;
    }
  }

  @Test
  void tellsTheDirectionsApartThoughItStrikesMidnight() throws Exception {
    Measurement m = afterSomeSeconds(RIGHT);
    assertEquals(
        0.050, m.get(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(Direction.UPLOAD)).orElseThrow(), 1e-3);
    assertEquals(
        0, m.get(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(Direction.DOWNLOAD)).orElseThrow(), 1e-3);
    assertEquals(1, m.get(FlowMetrics.ECHO_ONE_WAY_SAMPLES.in(Direction.UPLOAD)).orElseThrow());
  }

  @Test
  void hostsThatTellNoTimeOfDayCountForTheRoundTripOnly() throws Exception {
    LongUnaryOperator highBit = t -> t | 0x8000_0000L;
    LongUnaryOperator constant = t -> 0;
    LongUnaryOperator otherByteOrder = t -> Integer.toUnsignedLong(Integer.reverseBytes((int) t));
    for (LongUnaryOperator clockOfFar :
        new LongUnaryOperator[] {highBit, constant, otherByteOrder}) {
      index = 0;
      Measurement m = afterSomeSeconds(clockOfFar);
      for (Direction direction : Direction.values()) {
        assertFalse(m.has(FlowMetrics.ECHO_ONE_WAY_INFLATION.in(direction)));
        assertEquals(0, m.get(FlowMetrics.ECHO_ONE_WAY_SAMPLES.in(direction)).orElseThrow());
      }
    }
  }

  @Test
  void asksForTimestamps() {
    EchoOptions options = EchoOptions.of("192.0.2.1");
    assertEquals(
        "fping -l -D --icmp-timestamp -t 10000 -p 200 -i 200 192.0.2.1",
        FpingSource.command(FpingMode.TIMESTAMP, options.targets(), EchoBinding.of(options))
            .toString());
  }

  @ParameterizedTest
  @CsvSource({"4.2, false", "5.1, false", "5.3, true", "5.10, true", "6.0, true"})
  void needsFpingOf53OrLater(String version, boolean enough) {
    host.on("fping -v", "fping: Version " + version + "\nfping: comments to ...\n");
    Availability availability = new FpingTimestampProbeProvider().availability(host);
    assertEquals(enough, availability.available(), availability.toString());
    assertTrue(enough || availability.fix().contains("5.3 or later"), availability.fix());
  }

  @Test
  void saysThatFpingIsMissingOrAnotherProgram() {
    FpingTimestampProbeProvider provider = new FpingTimestampProbeProvider();
    host.on("fping -v", "something else");
    assertFalse(provider.availability(host).available());
    host.onRefusal("fping -v", HostException.Kind.NOT_INSTALLED, "fping is not there");
    assertFalse(provider.availability(host).available());
  }

  @Test
  void theProviderTellsWhatTimestampsCannotDo() {
    FpingTimestampProbeProvider provider = new FpingTimestampProbeProvider();
    ConfigurationException size =
        assertThrows(
            ConfigurationException.class,
            () ->
                provider.create(
                    host, Settings.of("probe", Map.of("targets", "192.0.2.1", "size", "100"))));
    assertTrue(String.valueOf(size.getMessage()).contains("20 bytes"), size.getMessage());
    ConfigurationException ipv6 =
        assertThrows(
            ConfigurationException.class,
            () -> provider.create(host, Settings.of("probe", Map.of("targets", "2001:db8::1"))));
    assertTrue(String.valueOf(ipv6.getMessage()).contains("IPv4"), ipv6.getMessage());
  }
}
