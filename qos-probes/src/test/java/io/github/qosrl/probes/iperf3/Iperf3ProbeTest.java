package io.github.qosrl.probes.iperf3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Iperf3ProbeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private final FakeHost host = new FakeHost();
  private final VirtualClock clock = new VirtualClock();

  private Iperf3Probe probe(Iperf3Options options) {
    return Iperf3Probe.open(host, options, clock);
  }

  private static Iperf3Options oneWay(Iperf3Options.Mode mode) {
    return Iperf3Options.of("192.0.2.1").withTest(mode, Duration.ofSeconds(2));
  }

  @Test
  void testsDownThenUp() throws Exception {
    host.onAnswer(
        "timeout",
        c ->
            new CommandResult(
                c,
                0,
                Iperf3ReportTest.recorded(c.argv().contains("-R") ? "tcp-down" : "tcp-up"),
                ""));
    Measurement m = probe(Iperf3Options.of("192.0.2.1")).measure(TIMEOUT);
    assertEquals(
        6306579208.4, m.get(Metrics.AVAILABLE_BANDWIDTH.in(Direction.DOWNLOAD)).orElseThrow(), 1);
    assertEquals(
        7594020022.5, m.get(Metrics.AVAILABLE_BANDWIDTH.in(Direction.UPLOAD)).orElseThrow(), 1);
    assertEquals(2, host.ran().size());
  }

  @Test
  void readsBothWaysOfABidirectionalTest() throws Exception {
    host.on("timeout", Iperf3ReportTest.recorded("tcp-bidir"));
    Measurement m = probe(oneWay(Iperf3Options.Mode.BIDIR)).measure(TIMEOUT);
    assertTrue(m.has(Metrics.AVAILABLE_BANDWIDTH.in(Direction.DOWNLOAD)));
    assertTrue(m.has(Metrics.AVAILABLE_BANDWIDTH.in(Direction.UPLOAD)));
  }

  @ParameterizedTest
  @CsvSource({
    "busy, BUSY",
    "refused, UNREACHABLE",
    "unroutable, UNREACHABLE",
    "unresolved, UNRESOLVABLE",
    "interrupted, TIMED_OUT"
  })
  void tellsFailuresApart(String recorded, Iperf3Exception.Kind kind) {
    host.on("timeout", Iperf3ReportTest.recorded(recorded));
    Iperf3Probe probe = probe(oneWay(Iperf3Options.Mode.UP));
    Iperf3Exception e = assertThrows(Iperf3Exception.class, () -> probe.measure(TIMEOUT));
    assertEquals(kind, e.kind(), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("192.0.2.1"), e.getMessage());
  }

  @Test
  void saysHowToInstallIt() {
    host.onFailure(
        "timeout", 127, "timeout: failed to run command 'iperf3': No such file or directory");
    Iperf3Probe probe = probe(oneWay(Iperf3Options.Mode.UP));
    Iperf3Exception e = assertThrows(Iperf3Exception.class, () -> probe.measure(TIMEOUT));
    assertEquals(Iperf3Exception.Kind.NOT_INSTALLED, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("apt-get install iperf3"));
  }

  @Test
  void aHungRunIsATimeout() {
    host.onRefusal("timeout", HostException.Kind.TIMED_OUT, "killed");
    Iperf3Probe probe = probe(oneWay(Iperf3Options.Mode.UP));
    Iperf3Exception e = assertThrows(Iperf3Exception.class, () -> probe.measure(TIMEOUT));
    assertEquals(Iperf3Exception.Kind.TIMED_OUT, e.kind());
  }

  @Test
  void anOlderVersionThatLacksAnOptionIsAFailureWithItsWords() {
    host.onFailure("timeout", 1, "iperf3: unrecognized option '--bidir'\nUsage: ...");
    Iperf3Probe probe = probe(oneWay(Iperf3Options.Mode.BIDIR));
    Iperf3Exception e = assertThrows(Iperf3Exception.class, () -> probe.measure(TIMEOUT));
    assertEquals(Iperf3Exception.Kind.FAILED, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("unrecognized option '--bidir'"));
  }

  @Test
  void triesTheNextPortWhenOneIsBusy() throws Exception {
    host.on("timeout", Iperf3ReportTest.recorded("tcp-up"));
    host.onAnswer(
        "timeout",
        c ->
            new CommandResult(
                c,
                0,
                Iperf3ReportTest.recorded(c.argv().contains("5201") ? "busy" : "tcp-up"),
                ""));
    probe(oneWay(Iperf3Options.Mode.UP).withPorts(List.of(5201, 5202))).measure(TIMEOUT);
    assertEquals(2, host.ran().size());
  }

  @Test
  void aBudgetBoundsTheBytesOfBothDirectionsTogether() throws Exception {
    host.on("timeout", Iperf3ReportTest.recorded("tcp-up"));
    probe(Iperf3Options.of("192.0.2.1").withBudget(1_000_000)).measure(TIMEOUT);
    for (String command : host.ran()) {
      assertTrue(command.contains("-n 500000"), command);
      assertFalse(command.contains(" -t "), command);
    }
  }

  @Test
  void theProviderListsAllMistakes() {
    Map<String, String> values =
        Map.of("ports", "0,x", "mode", "sideways", "duration", "1500ms", "streams", "0");
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> new Iperf3ProbeProvider().create(host, Settings.of("probe 'iperf3'", values)));
    assertEquals(6, e.problems().size(), e.getMessage());
  }
}
