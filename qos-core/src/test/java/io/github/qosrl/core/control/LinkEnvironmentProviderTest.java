package io.github.qosrl.core.control;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a class path without probes and shapers; with them, the tests of those modules. */
class LinkEnvironmentProviderTest {
  private final Host host = new FakeHost();

  @Test
  void namesEveryMistakeOfItsOwnSettings() {
    String message = failure(Map.of("interval", "soon", "initial.upload", "fast", "colour", "red"));
    assertTrue(message.contains("'interval' = 'soon'"), message);
    assertTrue(message.contains("'initial.upload' = 'fast'"), message);
    assertTrue(message.contains("'colour' is unknown"), message);
  }

  @Test
  void saysWhichPartIsMissingAndWhatToAdd() {
    String message = failure(Map.of("probes", "ping"));
    assertTrue(message.contains("there is no probe 'ping'"), message);
    assertTrue(message.contains("io.github.qosrl:qos-probes"), message);
    message = failure(Map.of("probes", "", "shaper", "tbf"));
    assertTrue(message.contains("there is no shaper 'tbf'"), message);
    message = failure(Map.of("reward", "money"));
    assertTrue(message.contains("three-level, utility"), message);
  }

  @Test
  void isFoundByName() throws Exception {
    assertTrue(Plugins.environments().require("link") instanceof LinkEnvironmentProvider);
    Settings settings = Settings.of("link", Map.of("interval", "1ms"));
    assertThrows(
        ConfigurationException.class, () -> new LinkEnvironmentProvider().create(host, settings));
  }

  private String failure(Map<String, String> settings) {
    return assertThrows(
            QosException.class,
            () -> new LinkEnvironmentProvider().create(host, Settings.of("link", settings)))
        .toString();
  }
}
