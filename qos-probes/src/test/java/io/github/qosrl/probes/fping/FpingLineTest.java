package io.github.qosrl.probes.fping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines recorded from fping 4.2, 5.0 and 5.1. */
class FpingLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1795457228.67049] 127.0.0.1 : [0], 64 bytes, 0.038 ms (0.038 avg, 0% loss)|127.0.0.1|0|38000",
        "[1795457228.72078] ::1       : [12], 64 bytes, 1.34 ms (0.033 avg, 0% loss)|::1|12|1340000",
        "[1612345678.123456] dns.google : [3], 84 bytes, 12.3 ms (12.1 avg, 0% loss)|dns.google|3|12300000",
        "10.0.0.1 : [54241], 64 bytes, 102 ms (0.211 avg, 0% loss)|10.0.0.1|54241|102000000",
      })
  void readsAnswers(String line, String host, long index, long nanos) {
    assertEquals(
        Optional.of(new FpingLine(FpingLine.Kind.REPLY, host, index, nanos)),
        FpingLine.parse(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1795458140.25252] 10.9.9.9  : [7], timed out (NaN avg, 100% loss)",
        "10.9.9.9 : [7], timed out (0.29 avg, 50% loss)"
      })
  void readsTimeouts(String line) {
    assertEquals(
        Optional.of(new FpingLine(FpingLine.Kind.TIMED_OUT, "10.9.9.9", 7, -1)),
        FpingLine.parse(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1 : xmt/rcv/%loss = 4/4/0%, outage(ms) = 0, min/avg/max = 0.038/0.041/0.045",
        "10.77.0.1 : xmt/rcv/%loss = 20/0/100%"
      })
  void knowsTheSummary(String line) {
    assertEquals(FpingLine.Kind.OTHER, FpingLine.parse(line).orElseThrow().kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ICMP Host Unreachable from 10.9.9.1 for ICMP Echo sent to 10.9.9.9",
        "10.0.0.1 is alive",
        "10.0.0.1 : [x], 64 bytes, 1 ms",
        "[] : [1], 64 bytes, 1 ms",
        " : [",
        "[1.5] : [1], timed out",
        "64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.075 ms"
      })
  void understandsNothingElse(String line) {
    assertTrue(FpingLine.parse(line).isEmpty());
  }
}
