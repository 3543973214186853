package io.github.qosrl.core.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Step;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.LinkScore;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.ScenarioBuilder;
import io.github.qosrl.core.sim.SimulatedLink;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The control laws over whole simulated links, with room to spare. */
class SimulatedAgentsTest {
  private static final CapacityProcess STEPS =
      CapacityProcess.steps(
          Duration.ofSeconds(10), List.of(BitRate.ofMegabits(40), BitRate.ofMegabits(10)));

  @Test
  void receiveRateFillsAConstantLinkWithAShortQueue() throws InterruptedException {
    assertScore(run(new ReceiveRateAgent(), scenario("constant")), Direction.DOWNLOAD, 0.93, 0.02);
  }

  @Test
  void receiveRateFollowsTheDownloadsCapacity() throws InterruptedException {
    LinkScore score = run(new ReceiveRateAgent(), scenario("down").download(STEPS));
    assertScore(score, Direction.DOWNLOAD, 0.88, 0.06);
  }

  @Test
  void receiveRateFollowsTheUploadsCapacity() throws InterruptedException {
    LinkScore score =
        run(
            new ReceiveRateAgent(),
            scenario("up")
                .upload(STEPS)
                .traffic(Collections.nCopies(4, Traffic.bulk(Direction.UPLOAD, Transport.CUBIC))));
    assertScore(score, Direction.UPLOAD, 0.88, 0.08);
  }

  @Test
  void receiveRateFindsAMuchSlowerAndAMuchFasterLink() throws InterruptedException {
    CapacityProcess slow = CapacityProcess.constant(BitRate.ofMegabits(3));
    CapacityProcess fast = CapacityProcess.constant(BitRate.ofMegabits(200));
    assertScore(
        run(new ReceiveRateAgent(), scenario("slow").download(slow)), Direction.DOWNLOAD, 0.8, 0.2);
    assertScore(
        run(
            new ReceiveRateAgent(),
            scenario("fast")
                .download(fast)
                .upload(CapacityProcess.constant(BitRate.ofMegabits(50)))),
        Direction.DOWNLOAD,
        0.8,
        0.02);
  }

  @Test
  void autorateKeepsTheQueueOfAConstantLinkWithinItsThresholds() throws InterruptedException {
    assertScore(run(new AutorateAgent(), scenario("constant")), Direction.DOWNLOAD, 0.85, 0.15);
  }

  private static ScenarioBuilder scenario(String name) throws InterruptedException {
    return Scenario.builder(name).interval(Duration.ofMillis(50)).duration(Duration.ofSeconds(40));
  }

  private static LinkScore run(Agent agent, ScenarioBuilder scenario) throws InterruptedException {
    SimulatedLink link = new SimulatedLink(scenario.build());
    var seen = link.reset(1);
    boolean done = false;
    while (!done) {
      Step step = link.step(agent.act(seen));
      seen = step.observation();
      done = step.done();
    }
    return link.score();
  }

  private static void assertScore(
      LinkScore score, Direction direction, double utilisation, double p95)
      throws InterruptedException {
    assertTrue(
        score.utilisation(direction) >= utilisation && score.inflationP95() <= p95,
        () -> "expected at least " + utilisation + " at " + p95 + " s: " + score);
  }
}
