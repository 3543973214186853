package io.github.qosrl.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentProvidersTest {

  @ParameterizedTest
  @ValueSource(strings = {"autorate", "receive-rate", "three-level"})
  void needNoSettings(String id) throws Exception {
    assertEquals(2, limits(create(id, Map.of())));
  }

  @Test
  void staticNeedsARate() throws Exception {
    assertMistakes("static", Map.of(), "'download' or 'upload' must be set");
    ShapingPlan plan = create("static", Map.of("upload", "3mbit")).act(start());
    assertEquals(ShapingPlan.of(Direction.UPLOAD, BitRate.ofMegabits(3)), plan);
  }

  @Test
  void directionsCanBeFewer() throws Exception {
    assertEquals(1, limits(create("receive-rate", Map.of("directions", "upload"))));
    assertEquals(1, limits(create("three-level", Map.of("directions", "download"))));
    assertMistakes("autorate", Map.of("directions", "sideways"), "'directions' = 'sideways'");
  }

  @Test
  void plainReceiveRateControlsTheDownloadAlone() throws Exception {
    assertEquals(1, limits(create("receive-rate-plain", Map.of("upload.max", "9mbit"))));
    assertMistakes("receive-rate-plain", Map.of("directions", "upload"), "'directions' = 'upload'");
  }

  @Test
  void ratesCanBeSetForBothOrOneDirection() throws Exception {
    RangedAgent agent =
        (RangedAgent)
            create(
                "receive-rate",
                Map.of("min", "1mbit", "base", "4mbit", "max", "9mbit", "upload.max", "6mbit"));
    assertEquals(RateRange.ofMegabits(1, 4, 9), agent.range(Direction.DOWNLOAD));
    assertEquals(RateRange.ofMegabits(1, 4, 6), agent.range(Direction.UPLOAD));
  }

  @Test
  void defaultsMakeRoomForWhatIsSet() throws Exception {
    RangedAgent agent = (RangedAgent) create("autorate", Map.of("max", "2mbit"));
    assertEquals(RateRange.ofMegabits(2, 2, 2), agent.range(Direction.DOWNLOAD));
    agent = (RangedAgent) create("autorate", Map.of("min", "200mbit"));
    assertEquals(RateRange.ofMegabits(200, 200, 200), agent.range(Direction.DOWNLOAD));
    assertEquals(Set.of(Direction.values()), agent.ranges().keySet());
  }

  @Test
  void contradictionsAreNamedAllAtOnce() {
    assertMistakes("autorate", Map.of("min", "9mbit", "max", "1mbit"), "'min' = '9mbit'");
    assertMistakes("receive-rate", Map.of("base", "1mbit", "min", "2mbit"), "'base' = '1mbit'");
    assertMistakes("three-level", Map.of("high", "1mbit", "low", "2mbit"), "not in order");
    assertMistakes("three-level", Map.of("hihg", "1mbit"), "'hihg' is unknown");
  }

  private static Observation start() {
    return new Seen(100).tick(ShapingPlan.UNLIMITED);
  }

  private static Agent create(String id, Map<String, String> settings) throws Exception {
    return Plugins.agents().require(id).create(Settings.of("agent '" + id + "'", settings));
  }

  private static int limits(Agent agent) {
    ShapingPlan plan = agent.act(start());
    return (plan.limits(Direction.DOWNLOAD) ? 1 : 0) + (plan.limits(Direction.UPLOAD) ? 1 : 0);
  }

  private static void assertMistakes(String id, Map<String, String> settings, String part) {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> create(id, settings));
    assertTrue(e.toString().contains(part), e.toString());
  }
}
