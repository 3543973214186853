package io.github.qosrl.core.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.LinkScore;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioBuilder;
import io.github.qosrl.core.sim.SimulatedLink;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fallback must not get wrong, whatever the link; bounds leave room to spare. */
class ReceiveRateRobustnessTest {
  private static final double BIN = 0.1;
  private static final double CAPACITY = 20e6;

  @Test
  void threeSecondsAfterAnOutageFourFifthsOfTheCapacityAreInUse() throws InterruptedException {
    double[] rates = new double[200];
    Arrays.fill(rates, CAPACITY);
    Arrays.fill(rates, 100, 120, 0);
    double[] arrivals = play(link("outage").download(trace(rates)), 17).arrivals();

    assertTrue(mean(arrivals, 15, 17) > 0.8 * CAPACITY, () -> mean(arrivals, 15, 17) + " bit/s");
  }

  @Test
  void aConstantLinksLimitAndWhatItCarriesAreSteadyAfterTenSeconds() throws InterruptedException {
    var played = play(link("constant"), 40);
    double[] arrivals = played.arrivals();

    double mean = mean(arrivals, 10, 40);
    double squares = 0;
    for (int i = tick(10); i < tick(40); i++) {
      squares += (arrivals[i] - mean) * (arrivals[i] - mean);
    }
    double variation = Math.sqrt(squares / tick(30)) / mean;
    assertTrue(variation < 0.05, "coefficient of variation " + variation);
    assertTrue(played.score().downloadVariation() < 0.05, played.score().toString());
  }

  @Test
  void capacityThatFlickersWithin100MsIsNotGivenAway() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(7);
    double[] rates = new double[400];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = CAPACITY * Math.exp(0.5 * random.nextGaussian() - 0.125);
    }
    assertScore(play(link("flicker").download(trace(rates)), 40).score(), 0.55, 0.1);
  }

  @ParameterizedTest
  @CsvSource({"5, 0.8, 0.03", "40, 0.93, 0.015", "200, 0.7, 0.06", "600, 0.55, 0.3"})
  void pathsMayBeShortOrLong(int millis, double utilisation, double p95)
      throws InterruptedException {
    assertScore(
        play(link("path").baseRtt(Duration.ofMillis(millis)), 40).score(), utilisation, p95);
  }

  @Test
  void sendersMayIgnoreDelayAndLoss() throws InterruptedException {
    ScenarioBuilder bbr = link("bbr").traffic(List.of());
    bbr.addTraffic(4, Traffic.bulk(Direction.DOWNLOAD, Transport.BBR));
    assertScore(play(bbr, 30).score(), 0.6, 0.06);
  }

  @Test
  void packetsThatTheRadioLosesAreNotTakenForCongestion() throws InterruptedException {
    assertScore(play(link("radio").randomLoss(1e-3), 30).score(), 0.9, 0.015);
  }

  @Test
  void neitherDirectionIsCutForTheOthersQueue() throws InterruptedException {
    ScenarioBuilder both = link("both").upload(constant(CAPACITY));
    both.addTraffic(4, Traffic.bulk(Direction.UPLOAD, Transport.CUBIC));
    LinkScore score = play(both, 40).score();

    assertScore(score, 0.8, 0.03);
    assertTrue(score.uploadUtilisation() > 0.8, score.toString());
  }

  @Test
  void slowUploadOfAShortPathDoesNotCloseTheDownload() throws InterruptedException {
    ScenarioBuilder both =
        link("short path").baseRtt(Duration.ofMillis(2)).upload(constant(CAPACITY / 4));
    both.addTraffic(4, Traffic.bulk(Direction.UPLOAD, Transport.CUBIC));
    LinkScore score = play(both, 40).score();

    assertTrue(score.downloadUtilisation() > 0.7, score.toString());
    assertTrue(score.uploadUtilisation() > 0.6, score.toString());
  }

  private record Course(LinkScore score, double[] arrivals) {}

  private static ScenarioBuilder link(String name) {
    return Scenario.builder(name)
        .download(constant(CAPACITY))
        .probes(6, Duration.ofMillis(25))
        .interval(Duration.ofMillis(50));
  }

  private static CapacityProcess constant(double rate) {
    return CapacityProcess.constant(BitRate.ofBitsPerSecond(rate));
  }

  private static CapacityProcess trace(double[] rates) {
    return CapacityProcess.trace(rates, Duration.ofMillis(Math.round(1e3 * BIN)));
  }

  private static Course play(ScenarioBuilder scenario, int seconds) throws InterruptedException {
    ReceiveRateAgent agent = new ReceiveRateAgent();
    SimulatedLink link = new SimulatedLink(scenario.duration(Duration.ofSeconds(seconds)).build());
    List<Double> arrivals = new ArrayList<>();
    Observation seen = link.reset(1);
    boolean done = false;
    while (!done) {
      Step step = link.step(agent.act(seen));
      seen = step.observation();
      arrivals.add(seen.orElse(Metrics.throughput(Direction.DOWNLOAD), 0));
      done = step.done();
    }
    return new Course(link.score(), arrivals.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static int tick(int second) {
    return 20 * second;
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, tick(from), tick(to)).average().orElseThrow();
  }

  private static void assertScore(LinkScore score, double utilisation, double p95) {
    assertTrue(
        score.downloadUtilisation() >= utilisation && score.inflationP95() <= p95,
        () -> "expected at least " + utilisation + " at " + p95 + " s: " + score);
  }
}
