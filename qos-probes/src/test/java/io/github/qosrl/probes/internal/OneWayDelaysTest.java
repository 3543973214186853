package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OneWayDelaysTest {
  private static final double INTERVAL = 0.1;
  private static final DoubleUnaryOperator EMPTY = t -> 0;

  /** A path with two queues, seen by two clocks. Times in seconds. */
  private static final class Path {
    final OneWayDelays delays = new OneWayDelays();
    final Random random = new Random(7);
    double ahead = 12_345.678;
    double drift;
    double resolution;
    double noise = 20e-6;
    double upQueue;
    double downQueue;
    double now;
    boolean believed;

    /** Lets echoes pass for some seconds; queues are functions of the seconds since the start. */
    Path run(double seconds, DoubleUnaryOperator upwards, DoubleUnaryOperator downwards) {
      for (double end = now + seconds; now < end; now += INTERVAL) {
        upQueue = upwards.applyAsDouble(now);
        downQueue = downwards.applyAsDouble(now);
        double sent = now + random.nextDouble() * 1e-3;
        double received = sent + 0.015 + upQueue + random.nextDouble() * noise;
        double arrived = received + 0.005 + downQueue + random.nextDouble() * noise;
        double far = received * (1 + drift) + ahead;
        if (resolution > 0) {
          far = (Math.floor(far / resolution) + 0.5) * resolution;
        }
        believed = delays.add(arrived, new OneWaySample(far - sent, arrived - far, resolution));
      }
      return this;
    }

    void agrees(double tolerance) {
      assertTrue(believed, "the far clock is not believed");
      assertEquals(upQueue, delays.upInflation(), tolerance, "upload");
      assertEquals(downQueue, delays.downInflation(), tolerance, "download");
    }
  }

  @Test
  void aQueueOfOneDirectionIsSeenInThatDirectionOnly() {
    for (double queue : new double[] {0.005, 0.05, 0.3, 2}) {
      new Path().run(5, EMPTY, EMPTY).run(1, t -> queue, EMPTY).agrees(1e-4);
      new Path().run(5, EMPTY, EMPTY).run(1, EMPTY, t -> queue).agrees(1e-4);
    }
  }

  @Test
  void ofMillisecondsTheSplitIsGoodToOne() {
    for (double queue : new double[] {0.005, 0.05, 0.3}) {
      Path path = new Path();
      path.resolution = 1e-3;
      path.run(5, EMPTY, EMPTY).agrees(1e-4);
      for (int i = 0; i < 20; i++) {
        path.run(INTERVAL, t -> queue, EMPTY).agrees(6e-4);
      }
    }
  }

  @Property(tries = 50)
  void offsetAndDriftOfTheFarClockDoNotMatter(
      @ForAll @DoubleRange(min = -43_000, max = 43_000) double ahead,
      @ForAll @IntRange(min = -150, max = 150) int millionths) {
    Path path = new Path();
    path.ahead = ahead;
    path.drift = millionths * 1e-6;
    path.run(60, EMPTY, EMPTY).agrees(3e-4);
    path.run(50, t -> 0.03, EMPTY).agrees(3e-4);
    assertEquals(path.drift, path.delays.drift(), 5e-6);
  }

  @Test
  void aQueueThatGrowsForAWholeWindowIsNoDrift() {
    Path path = new Path();
    path.run(10, EMPTY, EMPTY).run(45, t -> (t - 10) * 1e-3, EMPTY).agrees(3e-4);
    path.run(1, EMPTY, t -> 0.01).agrees(3e-4);
  }

  @Test
  void bothQueuesMayNeverBeEmptyAtOnce() {
    Path path = new Path();
    DoubleUnaryOperator upwards = t -> (int) t % 2 == 0 ? 0.02 : 0;
    DoubleUnaryOperator downwards = t -> (int) t % 2 == 0 ? 0 : 0.03;
    path.run(20.5, upwards, downwards).agrees(3e-4);
    path.run(2, t -> 0.05, t -> 0.07).agrees(3e-4);
  }

  @Test
  void theMinimumIsThatOfTheLastMinute() {
    Path path = new Path().run(5, EMPTY, EMPTY).run(50, t -> 0.15, EMPTY);
    path.agrees(1e-3);
    path.run(15, t -> 0.15, EMPTY);
    assertEquals(0, path.delays.upInflation(), 1e-3);
  }

  @Test
  void aClockThatIsSetIsLearnedAnew() {
    Path path = new Path().run(10, EMPTY, EMPTY);
    path.ahead += 5;
    path.run(INTERVAL, EMPTY, EMPTY);
    assertFalse(path.believed);
    path.run(5, EMPTY, EMPTY).agrees(1e-4);
    path.run(1, EMPTY, t -> 0.05).agrees(1e-4);
  }

  @Test
  void clocksThatStandStillJumpOrCountOtherUnitsAreNeverBelieved() {
    Random random = new Random(3);
    DoubleUnaryOperator still = t -> 5;
    DoubleUnaryOperator invented = t -> random.nextInt(86_400_000) * 1e-3;
    DoubleUnaryOperator microseconds = t -> 1000 * t;
    DoubleUnaryOperator otherByteOrder =
        t -> Integer.toUnsignedLong(Integer.reverseBytes((int) (40e6 + t * 1e3))) * 1e-3;
    for (DoubleUnaryOperator clock :
        new DoubleUnaryOperator[] {still, invented, microseconds, otherByteOrder}) {
      OneWayDelays delays = new OneWayDelays();
      for (double sent = 0; sent < 30; sent += INTERVAL) {
        double far = clock.applyAsDouble(sent);
        double arrived = sent + 0.3;
        OneWaySample sample = new OneWaySample(far - sent, arrived - far, 1e-3);
        assertFalse(delays.add(arrived, sample), "at " + sent);
      }
    }
  }

  @Property
  void anythingGivesFiniteFiguresThatAreNotNegative(
      @ForAll double[] ups, @ForAll double[] downs, @ForAll double step) {
    OneWayDelays delays = new OneWayDelays();
    double time = 0;
    for (int i = 0; i < Math.min(ups.length, downs.length); i++) {
      time += Math.abs(step) % 100;
      if (delays.add(time, new OneWaySample(ups[i] % 1e6, downs[i] % 1e6, 1e-3))) {
        assertTrue(delays.upInflation() >= 0 && Double.isFinite(delays.upInflation()));
        assertTrue(delays.downInflation() >= 0 && Double.isFinite(delays.downInflation()));
      }
    }
  }
}
