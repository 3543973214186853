package io.github.qosrl.examples.cli;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.sim.CapacityProcess;
import io.github.qosrl.core.sim.Scenario;
import io.github.qosrl.core.sim.Scenarios;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Scenarios as users name them: those of the library, and the demo's. */
final class ScenarioChoice {
  static final String DEMO = "demo";

  private ScenarioChoice() {}

  /** The names, for help texts. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> names = new ArrayList<>(List.of(DEMO));
      names.addAll(Scenarios.names());
      return names.iterator();
    }
  }

  /** The scenario of that name. */
  static Scenario of(String name) {
    try {
      return name.equals(DEMO) ? demo() : Scenarios.named(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "there is no scenario '%s'; there are: %s"
              .formatted(name, String.join(", ", new Names())));
    }
  }

  /** The scenario of that name, lasting so long. */
  static Scenario of(String name, String duration) {
    return of(name).toBuilder().duration(LinkOptions.duration(duration)).build();
  }

  /**
   * What a mobile link does within a minute: 12 to 60 Mbit/s down, 8 to 20 Mbit/s up; four
   * transfers each way, as in the laboratory.
   */
  private static Scenario demo() {
    return Scenario.builder(DEMO)
        .download(steps(5, 40, 16, 60, 30, 12, 36))
        .upload(steps(10, 16, 10, 20, 8))
        .baseRtt(Duration.ofMillis(20))
        .traffic(List.of())
        .addTraffic(4, Traffic.bulk(Direction.DOWNLOAD, Transport.CUBIC))
        .addTraffic(4, Traffic.bulk(Direction.UPLOAD, Transport.CUBIC))
        .duration(Duration.ofSeconds(30))
        .build();
  }

  private static CapacityProcess steps(int seconds, double... megabits) {
    List<BitRate> rates = new ArrayList<>();
    for (double rate : megabits) {
      rates.add(BitRate.ofMegabits(rate));
    }
    return CapacityProcess.steps(Duration.ofSeconds(seconds), rates);
  }
}
