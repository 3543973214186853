package io.github.qosrl.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioTest {

  @Test
  void allMistakesAreToldAtOnce() {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                        Scenario.builder("bad")
                            .baseRtt(Duration.ZERO)
                            .randomLoss(2)
                            .interval(Duration.ofMillis(1))
                            .build())
                .getMessage());
    assertTrue(message.contains("base RTT"), message);
    assertTrue(message.contains("random loss 2.0"), message);
    assertTrue(message.contains("interval"), message);
  }

  @Test
  void theBufferIsATimeAtTheMeanCapacity() {
    Scenario scenario =
        Scenario.builder("b")
            .download(CapacityProcess.constant(BitRate.ofMegabits(8)))
            .buffer(Duration.ofMillis(500))
            .build();
    assertEquals(500_000, scenario.bufferBytes(Direction.DOWNLOAD), 1);
  }

  @Test
  void everyNamedScenarioCanBePlayed() throws InterruptedException {
    for (String name : Scenarios.names()) {
      Scenario scenario = Scenarios.named(name);
      assertEquals(name, scenario.name());
      SimulatedLink link = new SimulatedLink(scenario);
      link.reset(1);
      link.step(ShapingPlan.UNLIMITED);
    }
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Scenarios.named("moon"))
                .getMessage());
    assertTrue(message.contains("lte"), message);
  }

  @Test
  void everyFamilyDrawsScenariosThatCanBePlayed() throws InterruptedException {
    for (ScenarioFamily family : ScenarioFamily.values()) {
      for (long seed = 0; seed < 20; seed++) {
        SimulatedLink link = new SimulatedLink(Scenarios.random(family, seed));
        link.reset(seed);
        for (int i = 0; i < 20; i++) {
          link.step(ShapingPlan.UNLIMITED);
        }
      }
    }
  }

  @Test
  void noTwoSetsShareAScenarioAndTheTestSetHasKindsOfItsOwn() {
    Set<String> names = new HashSet<>();
    int drawn = 0;
    for (ScenarioSet set : ScenarioSet.values()) {
      for (long seed = -50; seed < 50; seed++) {
        names.add(set.draw(seed).name());
        drawn++;
      }
    }
    assertEquals(drawn, names.size());
    assertFalse(ScenarioSet.TRAINING.families().contains(ScenarioFamily.STARLINK));
    assertTrue(ScenarioSet.TEST.families().contains(ScenarioFamily.STARLINK));
  }

  @Test
  void impossibleTrafficIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Traffic.bulk(Direction.UPLOAD, Transport.CONSTANT));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Traffic.bulk(Direction.UPLOAD, Transport.CUBIC)
                .onOff(Duration.ZERO, Duration.ofSeconds(1)));
    assertEquals(Optional.of(BitRate.ofKilobits(100)), Traffic.voice(Direction.UPLOAD).rate());
  }

  @Test
  void theProviderIsFoundAndMakesWhatIsAskedFor() throws Exception {
    Environment link = create(Map.of("scenario", "dsl", "interval", "50ms", "rtt", "80ms"));
    assertEquals(
        Duration.ofMillis(50), link.reset(1).measurements().get(0).length(), "the interval");
    assertEquals(Duration.ofMillis(80), ((SimulatedLink) link).scenario().baseRtt());
    create(Map.of("set", "test", "queue", "fifo", "loss", "0.01")).reset(4);
  }

  @Test
  void theProviderTakesWhatIsWrongWithTheSignals() throws Exception {
    Environment link =
        create(
            Map.of(
                "icmp-apart", "true",
                "timestamps", "0.5",
                "quic", "0.25",
                "timestamp-tick", "10ms",
                "clock-drift", "-50",
                "delayed-acks", "false"));
    link.reset(1);
    Scenario scenario = ((SimulatedLink) link).scenario();
    assertTrue(scenario.icmpApart());
    assertEquals(
        new PassiveSignals(true, 0.5, 0.25, Duration.ofMillis(10), -5e-5, false),
        scenario.passiveSignals());
    assertEquals(5, create(Map.of()).reset(1).measurements().size());
    assertEquals(4, create(Map.of("passive", "false")).reset(1).measurements().size());
    assertThrows(ConfigurationException.class, () -> create(Map.of("timestamp-tick", "1s")));
    assertThrows(ConfigurationException.class, () -> create(Map.of("clock-drift", "900")));
  }

  @Test
  void theProviderListsEveryMistake() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                create(
                    Map.of(
                        "scenario", "moon", "trace", "/none/there", "loss", "7", "colour", "x")));
    String message = String.valueOf(e.getMessage());
    for (String part : new String[] {"moon", "/none/there", "loss", "colour"}) {
      assertTrue(message.contains(part), message);
    }
    assertThrows(ConfigurationException.class, () -> create(Map.of("rtt", "1h")));
    assertThrows(
        ConfigurationException.class, () -> create(Map.of("set", "test", "scenario", "lte")));
  }

  private static Environment create(Map<String, String> settings)
      throws QosException, InterruptedException {
    return Plugins.environments()
        .require("sim")
        .create(Hosts.local(), Settings.of("environment 'sim'", settings));
  }
}
