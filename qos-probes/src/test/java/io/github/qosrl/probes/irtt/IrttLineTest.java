package io.github.qosrl.probes.irtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.internal.OneWaySample;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines recorded from irtt 0.9.0, and of its source's formats. */
class IrttLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seq=0 rtt=897µs rd=721µs sd=176µs ipdv=n/a|0|897000|721e-6|176e-6|1e-6",
        "seq=16 rtt=6.73ms rd=5.84ms sd=941µs ipdv=4.91ms|16|6730000|5.84e-3|941e-6|1e-5",
        "seq=48 rtt=341.7ms rd=300.7ms sd=41.01ms ipdv=338.1ms (LATE)|48|341700000|0.3007|0.04101|1e-4",
        "seq=7 rtt=20ms rd=-4.99s sd=5.01s ipdv=930ns|7|20000000|-4.99|5.01|1e-2",
        "seq=7 rtt=20ms rd=-1m12.3s sd=1m12.3s ipdv=0s|7|20000000|-72.3|72.3|1"
      })
  void readsAnswers(
      String line, long sequence, long rtt, double down, double up, double resolution) {
    IrttLine parsed = IrttLine.parse(line);
    assertEquals(IrttLine.Kind.REPLY, parsed.kind());
    assertEquals(sequence, parsed.sequence());
    assertEquals(rtt, parsed.rttNanos());
    OneWaySample sample = parsed.eachWay().orElseThrow();
    assertEquals(down, sample.down(), 1e-9);
    assertEquals(up, sample.up(), 1e-9);
    assertEquals(resolution, sample.resolution(), 1e-12);
  }

  @Test
  void readsAnswersOfServersThatMayNotTellTheTime() {
    IrttLine parsed = IrttLine.parse("seq=2 rtt=20.3ms ipdv=1.2ms");
    assertEquals(20_300_000, parsed.rttNanos());
    assertEquals(Optional.empty(), parsed.eachWay());
  }

  @Test
  void readsEvents() {
    assertEquals(
        IrttLine.Kind.CONNECTED,
        IrttLine.parse("[10.0.0.2:2112] [Connected] connection established").kind());
    assertEquals(
        IrttLine.Kind.SENT_ALL,
        IrttLine.parse("[[::1]:2112] [WaitForPackets] waiting 1s for final packets").kind());
    assertEquals(IrttLine.Kind.DUPLICATE, IrttLine.parse("DUP! seq=7").kind());
    IrttLine restricted =
        IrttLine.parse(
            "[10.0.0.2:2112] [ServerRestriction] server increased interval from 50ms to 100ms");
    assertEquals(IrttLine.Kind.RESTRICTION, restricted.kind());
    assertEquals("server increased interval from 50ms to 100ms", restricted.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[Connecting] connecting to 10.0.0.2",
        "seq=x rtt=1ms",
        "seq=1",
        "seq=1 rtt=soon rd=1ms sd=1ms",
        "seq=1 rtt=-1ms rd=1ms sd=1ms",
        "seq=99999999999999999999 rtt=1ms",
        "DUP! seq=",
        "                RTT   107µs   253µs   210µs   605µs   145µs",
        " server packets received: 10/10 (0.00%/0.00% loss up/down)",
        "[1795457226.838178] 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.075 ms"
      })
  void understandsNothingElse(String line) {
    assertEquals(IrttLine.Kind.OTHER, IrttLine.parse(line).kind());
  }

  @Property
  void neverThrows(@ForAll String text) {
    for (String line : new String[] {text, "seq=" + text, "seq=1 rtt=1ms rd=" + text}) {
      IrttLine parsed = IrttLine.parse(line);
      assertTrue(parsed.sequence() >= 0 && parsed.rttNanos() >= -1, parsed.toString());
    }
  }

  @Property
  void readsWhatGoPrintsOfAnyTime(@ForAll @LongRange(min = -86_400_000, max = 86_400_000) long ms) {
    long size = Math.abs(ms);
    String text =
        "%s%dh%dm%d.%03ds"
            .formatted(
                ms < 0 ? "-" : "",
                size / 3_600_000,
                size / 60_000 % 60,
                size / 1000 % 60,
                size % 1000);
    assertEquals(ms * 1_000_000, GoDuration.parse(text).orElseThrow(), text);
  }
}
