package io.github.qosrl.examples.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.policy.PolicyFile;
import io.github.qosrl.core.spi.ConfigurationException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ControllerConfigTest {
  private static final String LINK = "wan: eth0\ntargets: [192.0.2.1]\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void onlyAgentsThatLearnAreAskedTo() throws Exception {
    String link = "wan: eth0\ntargets: [192.0.2.1]\nlearn: true\nagent: ";
    assertTrue(read(link + "dqn").learn());
    Path mine = folder.resolve("mine.safetensors");
    try (InputStream policy = PolicyFile.class.getResourceAsStream("pretrained.safetensors")) {
      Files.copy(Objects.requireNonNull(policy), mine);
    }
    assertTrue(read(link + mine).learn());
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> read(link + "autorate"));
    assertTrue(refused.getMessage().contains("do not learn"), refused.getMessage());
  }

  @Test
  void theUsersFlowsAreLookedAtUnlessAFileSaysOtherwise() throws Exception {
    assertEquals(FlowsUse.AUTO, read(LINK).flows());
    assertEquals(FlowsUse.ON, read(LINK + "flows: on\n").flows());
    assertEquals(FlowsUse.OFF, read(LINK + "flows: off\n").flows());
  }

  @Test
  void readsAWholeController() throws Exception {
    ControllerConfig config =
        read(
            """
            wan: eth0
            lan: eth1
            host: netns:router
            targets:
              - 8.8.8.8 dns
              - 192.168.1.1:lan
            agent:
              id: three-level
              high: 10mbit
              medium: 5mbit
              low: 1mbit
            reward: three-level
            shaper: {id: htb, queue: 20ms}
            iperf3: {server: iperf.example.net, every: 10m}
            capture: eth1
            min: 1mbit
            max: 50mbit/10mbit
            interval: 200ms
            log: [run.csv, run.jsonl]
            """);
    assertEquals("eth1", config.lan().orElseThrow());
    assertEquals("dns", config.targets().get(0).type());
    assertEquals("three-level", config.agent().id());
    assertEquals("10mbit", config.agent().settings().get("high"));
    assertEquals("20ms", config.shaper().settings().get("queue"));
    assertEquals("iperf.example.net", config.bandwidth().orElseThrow().settings().get("server"));
    assertEquals(
        Map.of("interface", "eth1"), config.capture().map(Part::settings).orElse(Map.of()));
    assertEquals(BitRate.ofMegabits(10), config.rates(Direction.UPLOAD).max().orElseThrow());
    assertEquals(BitRate.ofMegabits(50), config.rates(Direction.DOWNLOAD).start());
    assertEquals(Duration.ofMillis(200), config.interval().orElseThrow());
    assertEquals(List.of(Path.of("run.csv"), Path.of("run.jsonl")), config.logs());
  }

  @Test
  void tellsAllMistakesAtOnceByKeyValueAndWhatIsAccepted() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                read(
                    """
                    lan: eth1
                    ifb: ifb0
                    targets: ["not a host!"]
                    min: fast
                    interval: 1 parsec
                    intervall: 100ms
                    host: mars
                    log: run.txt
                    """));
    String all = String.join("\n", e.problems());
    assertTrue(all.contains("'wan' is missing"), all);
    assertTrue(all.contains("either 'lan' or 'ifb'"), all);
    assertTrue(all.contains("not a host!"), all);
    assertTrue(all.contains("'min' = 'fast'"), all);
    assertTrue(all.contains("'interval' = '1 parsec'"), all);
    assertTrue(all.contains("'intervall' is unknown; did you mean 'interval'?"), all);
    assertTrue(all.contains("'mars' is not a host"), all);
    assertTrue(all.contains(".csv or .jsonl"), all);
    assertEquals(8, e.problems().size(), all);
  }

  @Test
  void aFloorAboveTheCeilingIsAContradiction() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> read("wan: eth0\ntargets: 1.1.1.1\nmin: 20mbit\nmax: 30mbit/10mbit\n"));
    assertEquals(
        List.of("c.yaml: 'max' is 10mbit for the upload, below 'min', which is 20mbit"),
        e.problems());
  }

  @ParameterizedTest
  @CsvSource({
    "8080, 127.0.0.1, 8080",
    "192.0.2.1:80, 192.0.2.1, 80",
    "[2001:db8::1]:80, 2001:db8:0:0:0:0:0:1, 80",
  })
  void graphsAreShownToThisMachineAloneUnlessAnAddressIsNamed(String text, String host, int port)
      throws Exception {
    InetSocketAddress http = read(LINK + "http: '" + text + "'\n").http().orElseThrow();
    assertEquals(host, http.getAddress().getHostAddress());
    assertEquals(port, http.getPort());
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999", "router:80", "1.2.3.4.5:80", "http://127.0.0.1:80"})
  void anAddressThatIsNoneIsRefused(String text) {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> read(LINK + "http: '" + text + "'\n"));
    assertTrue(e.getMessage().contains("a port such as 8080"), e.getMessage());
  }

  @Test
  void optionsTakePrecedenceOverTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "wan: eth0\ntargets: 1.1.1.1\n");
    ControllerConfig config =
        ControllerConfig.read(Optional.of(file), Map.of("wan", "wlan0"), "run");
    assertEquals("wlan0", config.wan());
    assertEquals("1.1.1.1", config.targets().get(0).host());
  }

  @Test
  void anOptionThatNamesAnotherPartDoesNotTakeTheSettingsOfTheFiles() throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), LINK + "agent: {id: dqn, seed: 7}\n");
    ControllerConfig config =
        ControllerConfig.read(Optional.of(file), Map.of("agent", "autorate"), "run");
    assertEquals(new Part("autorate", Map.of()), config.agent());
  }

  @Test
  void malformedYamlIsToldWithItsLine() {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> read("wan: eth0\ntargets: [1.1.1.1\n"));
    assertTrue(e.getMessage().startsWith("c.yaml: not valid YAML: line 2"), e.getMessage());
    assertTrue(e.getMessage().contains("expected ',' or ']'"), e.getMessage());
  }

  @Test
  void aKeyThatIsThereTwiceIsAMistake() {
    assertThrows(ConfigurationException.class, () -> read("wan: eth0\nwan: eth1\ntargets: a\n"));
  }

  @Test
  void aFileThatIsNoMappingIsNoConfiguration() {
    ConfigurationException e =
        assertThrows(ConfigurationException.class, () -> read("just some text"));
    assertTrue(e.getMessage().contains("is no configuration"), e.getMessage());
  }

  @Test
  void anEmptyFileLacksWhatIsRequired() {
    ConfigurationException e = assertThrows(ConfigurationException.class, () -> read(""));
    assertEquals(2, e.problems().size(), e.getMessage());
  }

  @Test
  void aMissingFileIsNamed() {
    Optional<Path> absent = Optional.of(folder.resolve("absent.yaml"));
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class, () -> ControllerConfig.read(absent, Map.of(), "run"));
    assertTrue(e.getMessage().contains("absent.yaml' does not exist"), e.getMessage());
  }

  @Test
  void aFolderIsNoConfigurationFile() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> ControllerConfig.read(Optional.of(folder), Map.of(), "run"));
    assertTrue(e.getMessage().contains("is no file"), e.getMessage());
  }

  @Test
  void partsThatDoNotExistAreToldTogetherWithThoseThatDo() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                read(
                    """
                    wan: eth0
                    targets: 192.0.2.1
                    agent: skynet
                    reward: praise
                    shaper: press
                    probe: space
                    """));
    String all = String.join("\n", e.problems());
    assertEquals(4, e.problems().size(), all);
    assertTrue(all.contains("there is no agent 'skynet'; there are: autorate"), all);
    assertTrue(all.contains("there is no reward 'praise'; there are: "), all);
    assertTrue(all.contains("there is no shaper 'press'; there are: "), all);
    assertTrue(all.contains("there is no probe 'space'; there are: "), all);
  }

  @Test
  void mistakesInsideEachPartAreToldWithAllOthersAndNoneTwice() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () ->
                read(
                    """
                    lan: "two words"
                    agent: {id: autorate, download: {base: fast}}
                    reward: {id: utility, prise: 3}
                    shaper: {id: htb, queue: long, quantum: 7}
                    probe: {id: fping, size: huge}
                    iperf3: {mode: sideways, every: 1s}
                    capture: {side: inside}
                    """));
    List<String> expected =
        List.of(
            "'wan' is missing",
            "'lan' = 'two words' is not accepted; accepted: an interface name",
            "'targets' is missing; accepted: at least one host",
            "'iperf3.every' = '1s' is not accepted; accepted: a time of at least 10s",
            "'agent' has a mistake: autorate: 'download.base' = 'fast' is not accepted",
            "'reward' has a mistake: utility: 'prise' is unknown",
            "'shaper' has a mistake: htb: 'queue' = 'long' is not accepted",
            "'shaper' has a mistake: htb: 'quantum' is unknown",
            "'probe' has a mistake: fping: 'size' = 'huge' is not accepted",
            "'iperf3' has a mistake: iperf3: 'server' is missing",
            "'iperf3' has a mistake: iperf3: 'mode' = 'sideways' is not accepted",
            "'capture' has a mistake: capture: 'side' = 'inside' is not accepted");
    assertEquals(expected.size(), e.problems().size(), e.getMessage());
    for (int i = 0; i < expected.size(); i++) {
      String problem = e.problems().get(i);
      assertTrue(problem.startsWith("c.yaml: " + expected.get(i)), problem);
    }
  }

  @Test
  void partsThatAreChosenForTheMachineAreCheckedToo() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> read(LINK + "shaper: {id: auto, queue: long}\nprobe: {id: auto, size: huge}\n"));
    assertEquals(2, e.problems().size(), e.getMessage());
    assertTrue(e.getMessage().contains("auto: 'queue' = 'long'"), e.getMessage());
    assertTrue(e.getMessage().contains("'size' = 'huge'"), e.getMessage());
  }

  @Test
  void aLearnersSettingsAreCheckedToo() {
    ConfigurationException e =
        assertThrows(
            ConfigurationException.class,
            () -> read(LINK + "min: fast\nagent: {id: dqn, discount: much}\n"));
    assertTrue(e.getMessage().contains("'min' = 'fast'"), e.getMessage());
    assertTrue(e.getMessage().contains("dqn: 'discount' = 'much'"), e.getMessage());
  }

  @Test
  void aBandwidthTestMayBeGivenByItsServerAlone() throws Exception {
    ControllerConfig config = read(LINK + "iperf3: iperf.example.net\n");
    assertEquals(
        Map.of("server", "iperf.example.net"), config.bandwidth().orElseThrow().settings());
    assertEquals(Duration.ofMinutes(10), config.bandwidthEvery());
  }

  private ControllerConfig read(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
    return ControllerConfig.read(Optional.of(file), Map.of(), "run");
  }
}
