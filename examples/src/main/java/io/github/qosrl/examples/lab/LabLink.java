package io.github.qosrl.examples.lab;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.Scenario;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** One course of a scenario's capacity, as the laboratory plays it. Not thread-safe. */
final class LabLink {
  /** A capacity below this would keep the load from ever starting. */
  private static final BitRate FLOOR = BitRate.ofKilobits(200);

  private final Scenario scenario;
  private final Map<Direction, CapacityProcess.Realization> courses =
      new EnumMap<>(Direction.class);

  LabLink(Scenario scenario, long seed) {
    this.scenario = scenario;
    SplittableRandom random = new SplittableRandom(seed);
    for (Direction direction : Direction.values()) {
      courses.put(direction, scenario.capacity(direction).begin(random.split()));
    }
  }

  /** The mean capacity over the next bin of time. */
  BitRate next(Direction direction, Duration bin) {
    CapacityProcess.Realization course = courses.get(direction);
    if (course == null) {
      throw new IllegalStateException("no course for " + direction);
    }
    double seconds = bin.toNanos() / 1e9;
    BitRate rate = BitRate.ofBitsPerSecond(course.advance(seconds) * 8 / seconds);
    return rate.compareTo(FLOOR) < 0 ? FLOOR : rate;
  }

  /** Puts the bottleneck in place, at the mean capacity. */
  Bottleneck build(Host isp) throws QosException, InterruptedException {
    return new Bottleneck(
        isp,
        scenario.download().mean(),
        scenario.upload().mean(),
        Math.round(scenario.bufferBytes(Direction.DOWNLOAD)),
        Math.round(scenario.bufferBytes(Direction.UPLOAD)),
        scenario.icmpApart());
  }

  /** Takes the bottleneck away. */
  static void remove(Host isp) throws QosException, InterruptedException {
    for (String device : new String[] {LabNetwork.USER, LabNetwork.NET}) {
      isp.run(Command.of("tc", "qdisc", "del", "dev", device, "root"));
    }
  }
}
