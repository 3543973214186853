package io.github.qosrl.probes.iperf3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports recorded from iperf 3.12. */
class Iperf3ReportTest {

  static String recorded(String name) {
    try (InputStream in = Iperf3ReportTest.class.getResourceAsStream(name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcp-up, 7594020022.49584",
    "tcp-down, 6306579208.395993",
    "tcp-parallel, 3894350051.751246",
    "bytes, 1675041533.5463257",
    "udp-up, 5237009.31256062",
    "udp-down, 5241763.504373568"
  })
  void takesWhatTheReceiverGot(String name, double expected) {
    Iperf3Report report = Iperf3Report.parse(recorded(name));
    assertTrue(report.error().isEmpty());
    assertEquals(expected, report.forward().orElseThrow().bitsPerSecond(), 1);
    assertTrue(report.backward().isEmpty());
  }

  @Test
  void readsBothDirectionsOfABidirectionalTest() {
    Iperf3Report report = Iperf3Report.parse(recorded("tcp-bidir"));
    assertEquals(1412818363.7, report.forward().orElseThrow().bitsPerSecond(), 1);
    assertEquals(854310372.2, report.backward().orElseThrow().bitsPerSecond(), 1);
    assertEquals(
        0.071420202572191e-3,
        Iperf3Report.parse(recorded("udp-bidir")).backward().orElseThrow().jitter().orElseThrow(),
        1e-12);
  }

  @Test
  void readsLossJitterAndRoundTripTime() {
    Iperf3Report.Flow udp = Iperf3Report.parse(recorded("udp-up")).forward().orElseThrow();
    assertEquals(0, udp.loss().orElseThrow());
    assertEquals(0.35128244256834135e-3, udp.jitter().orElseThrow(), 1e-12);
    Iperf3Report.Flow tcp = Iperf3Report.parse(recorded("tcp-up")).forward().orElseThrow();
    assertEquals(368e-6, tcp.rtt().orElseThrow(), 1e-12);
    assertEquals(4.0 / (950272000 / 32768.0), tcp.loss().orElseThrow(), 1e-9);
    assertTrue(tcp.jitter().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"busy", "refused", "unresolved", "unroutable", "badbind"})
  void readsErrors(String name) {
    Iperf3Report report = Iperf3Report.parse(recorded(name));
    assertTrue(!report.error().isEmpty() && report.forward().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "nonsense", "{\"end\":", "\u0000"})
  void refusesWhatIsNoReport(String text) {
    assertThrows(IllegalArgumentException.class, () -> Iperf3Report.parse(text));
  }

  @Test
  void aReportWithoutResultsHasNone() {
    Iperf3Report report =
        Iperf3Report.parse("{\"end\":{\"sum_received\":{\"bits_per_second\":-1}}}");
    assertTrue(report.forward().isEmpty());
  }
}
