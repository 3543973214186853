package io.github.qosrl.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class LinkOptionsTest {
  @Test
  void withoutOptionsAScenarioStaysAsItIs() throws Exception {
    Scenario dsl = Scenarios.named("dsl");
    assertEquals(dsl.traffic(), options().adapt(dsl).traffic());
    assertEquals(dsl.baseRtt(), options().adapt(dsl).baseRtt());
  }

  @Test
  void whatIsGivenTakesTheScenariosPlace() throws Exception {
    Scenario link =
        options("--rtt", "80ms", "--buffer", "200ms", "--duration", "7s", "--upload-trace", "3mbit")
            .adapt(Scenarios.named("lte"));
    assertEquals(Duration.ofMillis(80), link.baseRtt());
    assertEquals(Duration.ofMillis(200), link.downloadBuffer());
    assertEquals(Duration.ofMillis(200), link.uploadBuffer());
    assertEquals(Duration.ofSeconds(7), link.duration());
    assertEquals(BitRate.ofMegabits(3), link.upload().mean());
    assertEquals(Scenarios.named("lte").traffic(), link.traffic());
  }

  @Test
  void signalsAreTakenAwayWhereThatIsAskedFor() throws Exception {
    Scenario lte = Scenarios.named("lte");
    assertEquals(lte.passiveSignals(), options().adapt(lte).passiveSignals());
    Scenario poor = options("--icmp-apart", "--no-timestamps").adapt(lte);
    assertTrue(poor.icmpApart());
    assertEquals(lte.passiveSignals().withTimestamps(0), poor.passiveSignals());
  }

  @Test
  void sendersAreEqualInEachLoadedDirection() throws Exception {
    Traffic down = Traffic.bulk(Direction.DOWNLOAD, Transport.BBR);
    Traffic up = Traffic.bulk(Direction.UPLOAD, Transport.BBR);
    assertEquals(
        List.of(down, down, up, up),
        options("--streams", "2", "--upload", "--congestion-control", "bbr")
            .adapt(Scenarios.named("lte"))
            .traffic());
    assertEquals(
        Collections.nCopies(
            4,
            Traffic.bulk(Direction.UPLOAD, Transport.CUBIC)
                .onOff(Duration.ofSeconds(4), Duration.ofSeconds(2))),
        options("--load", "upload", "--on-off", "4s/2s").adapt(Scenarios.named("lte")).traffic());
  }

  @Test
  void aTraceIsAFileOfEitherFormatOrARate(@TempDir Path folder) throws Exception {
    Path mahimahi = Files.writeString(folder.resolve("m.down"), "1\n2\n3\n4\n");
    Path kbit = Files.writeString(folder.resolve("k.trace"), "10000\n30000\n");
    List<Scenario> traces = options("--trace", mahimahi + ",kbit:" + kbit + ",7mbit").traces();
    assertEquals(List.of("m", "k", "7mbit"), traces.stream().map(Scenario::name).toList());
    assertEquals(
        List.of(BitRate.ofMegabits(12), BitRate.ofMegabits(20), BitRate.ofMegabits(7)),
        traces.stream().map(t -> t.download().mean()).toList());
  }

  private static LinkOptions options(String... words) {
    return CommandLine.populateCommand(new LinkOptions(), words);
  }
}
