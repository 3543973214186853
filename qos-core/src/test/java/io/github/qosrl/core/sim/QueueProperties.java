package io.github.qosrl.core.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.ShapingPlan;
import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class QueueProperties {
  private static final double STEP = 0.005;

  @Property(tries = 200)
  void whatComesIntoAFifoLeavesWaitsOrIsDropped(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int flows) {
    SplittableRandom random = new SplittableRandom(seed);
    FifoQueue queue = new FifoQueue(flows, 200_000 * random.nextDouble(), random.split());
    run(queue, flows, random, true);
  }

  @Property(tries = 200)
  void whatComesIntoAFairQueueLeavesWaitsOrIsDropped(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int flows) {
    SplittableRandom random = new SplittableRandom(seed);
    run(new FairQueue(flows, STEP, random.split()), flows, random, false);
  }

  private static void run(FluidQueue queue, int flows, SplittableRandom random, boolean fifo) {
    Portion[] in = Portion.of(flows);
    Portion[] out = Portion.of(flows);
    double came = 0;
    double left = 0;
    double gapsCame = 0;
    double gapsLeft = 0;
    double load = 50_000 * random.nextDouble();
    for (int step = 0; step < 3000; step++) {
      for (int f = 0; f < flows; f++) {
        double bytes = random.nextInt(3) == 0 ? 0 : load * random.nextDouble() / flows;
        in[f].set(bytes, random.nextInt(20) == 0 ? TcpFlow.PACKET : 0);
        came += bytes;
        gapsCame += in[f].gaps;
      }
      double budget = random.nextInt(10) == 0 ? 0 : load * random.nextDouble();
      queue.pass(step, in, budget, out);
      double sent = 0;
      for (Portion portion : out) {
        assertTrue(portion.bytes >= 0 && portion.gaps >= 0, "negative at step " + step);
        sent += portion.bytes;
        gapsLeft += portion.gaps;
      }
      assertTrue(sent <= budget + 1e-6, sent + " sent with a budget of " + budget);
      left += sent;
      assertEquals(came, left + queue.backlog() + queue.dropped(), 1e-3);
    }
    double rest = Double.POSITIVE_INFINITY;
    queue.pass(3000, Portion.of(flows), fifo ? 1e12 : rest, out);
    for (Portion portion : out) {
      gapsLeft += portion.gaps;
    }
    assertEquals(0, queue.backlog(), 1e-6);
    assertEquals(gapsCame + queue.dropped(), gapsLeft, 1e-3);
  }

  @Property(tries = 100)
  void aFifoNeverHoldsMoreThanFitsAndAPacket(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double limit = 3_000 + 100_000 * random.nextDouble();
    FifoQueue queue = new FifoQueue(2, limit, random.split());
    Portion[] in = Portion.of(2);
    Portion[] out = Portion.of(2);
    for (int step = 0; step < 500; step++) {
      in[0].set(30_000 * random.nextDouble(), 0);
      in[1].set(30_000 * random.nextDouble(), 0);
      queue.pass(step, in, 20_000, out);
      assertTrue(queue.backlog() <= limit + TcpFlow.PACKET, "holds " + queue.backlog());
    }
  }

  @Property(tries = 100)
  void aFairQueueThatIsNotFullPassesWhatComesAsItIs(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int flows) {
    SplittableRandom random = new SplittableRandom(seed);
    FairQueue queue = new FairQueue(flows, STEP, random.split());
    Portion[] in = Portion.of(flows);
    Portion[] out = Portion.of(flows);
    for (int step = 0; step < 100; step++) {
      for (int f = 0; f < flows; f++) {
        in[f].set(random.nextDouble() * 50_000 / flows, random.nextInt(2) * TcpFlow.PACKET);
      }
      queue.pass(step, in, 50_000, out);
      for (int f = 0; f < flows; f++) {
        assertEquals(in[f].bytes, out[f].bytes);
        assertEquals(in[f].gaps, out[f].gaps);
      }
      assertEquals(0, queue.backlog());
    }
  }

  @Property(tries = 50)
  void noScenarioEverPassesMoreThanItsCapacity(@ForAll @IntRange(max = 1_000_000) int seed)
      throws InterruptedException {
    Scenario scenario =
        ScenarioSet.TEST.draw(seed).toBuilder().duration(Duration.ofSeconds(5)).build();
    SimulatedLink link = new SimulatedLink(scenario);
    link.reset(seed);
    boolean done = false;
    while (!done) {
      done = link.step(ShapingPlan.UNLIMITED).done();
    }
    LinkScore score = link.score();
    // What waited in our own shaper, or in the step before, may still come.
    assertTrue(score.downloadUtilisation() <= 1.001, score::toString);
    assertTrue(score.uploadUtilisation() <= 1.001, score::toString);
  }
}
