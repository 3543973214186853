package io.github.qosrl.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.examples.config.ControllerConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What measures the delay, and by which interface. */
final class DelayProbeChoiceTest {
  private final FakeHost host =
      new FakeHost()
          .on("ping -V", "ping from iputils 20221126")
          .on("fping -v", "fping: Version 5.1");

  private Map<String, String> settings(String... values) throws Exception {
    Map<String, String> all = new LinkedHashMap<>(Map.of("wan", "wan2", "targets", "192.0.2.1"));
    for (int i = 0; i < values.length; i += 2) {
      all.put(values[i], values[i + 1]);
    }
    ControllerConfig config = ControllerConfig.read(Optional.empty(), all, "test");
    return DelayProbeChoice.of(host, config, Duration.ofMillis(100)).settings();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "ping", "fping"})
  void itIsBoundToItsUplinkAndKnowsItsLoad(String id) throws Exception {
    Map<String, String> settings = settings("probe", id);
    assertEquals("wan2", settings.get("interface"));
    assertEquals("wan2", settings.get("load-interface"));
  }

  @Test
  void whatTheUserSaysOfTheWayWins() throws Exception {
    Map<String, String> ppp = settings("probe.id", "ping", "probe.interface", "pppoe-wan");
    assertEquals("pppoe-wan", ppp.get("interface"));
    Map<String, String> source = settings("probe.id", "ping", "probe.source", "192.0.2.9");
    assertEquals("192.0.2.9", source.get("source"));
    assertTrue(!source.containsKey("interface"), source.toString());
  }

  @Test
  void aProbeThatCannotWorkThereIsRefused() {
    ProbeException e = assertThrows(ProbeException.class, () -> settings("probe", "tcp-connect"));
    assertTrue(
        String.valueOf(e.getMessage()).contains("not on fake; to fix: use ping"), e::toString);
  }
}
