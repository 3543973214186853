package io.github.qosrl.core.sim;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Scenarios by name, and at random. σ is the standard deviation of the capacity's logarithm, and
 * its memory the time in which it decorrelates to 1/e. Unless said otherwise: 20 Mbit/s down, 5 up,
 * base RTT 40 ms, buffers of 750 ms, four CUBIC downloads, 60 s.
 *
 * <table>
 * <caption>The named scenarios</caption>
 * <tr><th>constant</th><td>capacity that does not move</td></tr>
 * <tr><th>steps</th><td>40 and 10 Mbit/s down in turn, 20 s each; RTT 40 ms</td></tr>
 * <tr><th>lte</th><td>a moving terminal: mean 17 Mbit/s, σ 0.6 with memory 3 s and 0.1 with memory
 *     0.2 s, at least 0.5 Mbit/s; half of all seconds are below 14 Mbit/s</td></tr>
 * <tr><th>lte-standing</th><td>a resting terminal: mean 30 Mbit/s, σ 0.2 with memory 4 s</td></tr>
 * <tr><th>cable</th><td>100 Mbit/s sold, 35 % more shared with neighbours: σ 0.3, memory 8 s, cut
 *     off at 100; 10 up; RTT 20 ms; buffer 300 ms; eight flows</td></tr>
 * <tr><th>dsl</th><td>16 Mbit/s down, 1 up, σ 0.02; RTT 25 ms; buffer 1 s up; two downloads, one
 *     upload</td></tr>
 * <tr><th>starlink</th><td>a new rate every 15 s: mean 100 Mbit/s, σ 0.35, jitter σ 0.1 with memory
 *     0.3 s; 12 up; RTT 45 ms; buffer 200 ms; an outage of 0.3 s each minute</td></tr>
 * <tr><th>outage</th><td>as lte, with no capacity at all for 2 s every 20 s, both on average</td></tr>
 * <tr><th>handover</th><td>as lte, with gaps of 0.2 s every 8 s, both on average</td></tr>
 * <tr><th>upload</th><td>the upload moves: mean 8 Mbit/s, σ 0.5 with memory 3 s; four uploads, one
 *     download</td></tr>
 * </table>
 */
public final class Scenarios {
  private static final Map<String, Supplier<ScenarioBuilder>> NAMED = new TreeMap<>();

  static {
    NAMED.put("constant", () -> Scenario.builder("constant"));
    NAMED.put("steps", Scenarios::steps);
    NAMED.put("lte", Scenarios::lte);
    NAMED.put("lte-standing", Scenarios::lteStanding);
    NAMED.put("cable", Scenarios::cable);
    NAMED.put("dsl", Scenarios::dsl);
    NAMED.put("starlink", Scenarios::starlink);
    NAMED.put("outage", () -> lteWithOutages("outage", 20, 2));
    NAMED.put("handover", () -> lteWithOutages("handover", 8, 0.2));
    NAMED.put("upload", Scenarios::upload);
  }

  private Scenarios() {}

  /** The names, sorted. */
  public static List<String> names() {
    return List.copyOf(NAMED.keySet());
  }

  /**
   * The scenario of that name.
   *
   * @throws IllegalArgumentException if there is none: lists those there are
   */
  public static Scenario named(String name) {
    Supplier<ScenarioBuilder> found = NAMED.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no scenario '%s'; there are: %s"
              .formatted(name, String.join(", ", NAMED.keySet())));
    }
    return found.get().build();
  }

  /** A random scenario of a kind; the same as {@link ScenarioFamily#draw}. */
  public static Scenario random(ScenarioFamily family, long seed) {
    return family.draw(seed);
  }

  private static ScenarioBuilder steps() {
    return Scenario.builder("steps")
        .download(CapacityProcess.steps(seconds(20), List.of(megabits(40), megabits(10))));
  }

  private static CapacityProcess drivingTerminal() {
    return CapacityProcess.constant(megabits(17))
        .fading(0.6, seconds(3))
        .fading(0.1, seconds(0.2))
        .within(megabits(0.5), megabits(75));
  }

  private static ScenarioBuilder lte() {
    return Scenario.builder("lte").download(drivingTerminal());
  }

  private static ScenarioBuilder lteWithOutages(String name, double every, double lasting) {
    return Scenario.builder(name)
        .download(drivingTerminal().withOutages(seconds(every), seconds(lasting)));
  }

  private static ScenarioBuilder lteStanding() {
    return Scenario.builder("lte-standing")
        .download(
            CapacityProcess.constant(megabits(30))
                .fading(0.2, seconds(4))
                .fading(0.1, seconds(0.1)))
        .upload(CapacityProcess.constant(megabits(10)).fading(0.2, seconds(4)));
  }

  private static ScenarioBuilder cable() {
    return Scenario.builder("cable")
        .download(
            CapacityProcess.constant(megabits(135))
                .fading(0.3, seconds(8))
                .within(megabits(10), megabits(100)))
        .upload(CapacityProcess.constant(megabits(10)))
        .baseRtt(Duration.ofMillis(20))
        .buffer(Duration.ofMillis(300))
        .traffic(List.of())
        .addTraffic(8, Traffic.bulk(Direction.DOWNLOAD, Transport.CUBIC));
  }

  private static ScenarioBuilder dsl() {
    return Scenario.builder("dsl")
        .download(CapacityProcess.constant(megabits(16)).fading(0.02, seconds(1)))
        .upload(CapacityProcess.constant(megabits(1)).fading(0.02, seconds(1)))
        .baseRtt(Duration.ofMillis(25))
        .uploadBuffer(Duration.ofSeconds(1))
        .traffic(List.of())
        .addTraffic(2, Traffic.bulk(Direction.DOWNLOAD, Transport.CUBIC))
        .addTraffic(1, Traffic.bulk(Direction.UPLOAD, Transport.CUBIC));
  }

  private static ScenarioBuilder starlink() {
    return Scenario.builder("starlink")
        .download(
            CapacityProcess.reallocated(megabits(100), 0.35, seconds(15))
                .fading(0.1, seconds(0.3))
                .withOutages(seconds(60), seconds(0.3)))
        .upload(CapacityProcess.reallocated(megabits(12), 0.35, seconds(15)))
        .baseRtt(Duration.ofMillis(45))
        .buffer(Duration.ofMillis(200));
  }

  private static ScenarioBuilder upload() {
    return Scenario.builder("upload")
        .upload(CapacityProcess.constant(megabits(8)).fading(0.5, seconds(3)))
        .traffic(List.of())
        .addTraffic(4, Traffic.bulk(Direction.UPLOAD, Transport.CUBIC))
        .addTraffic(1, Traffic.bulk(Direction.DOWNLOAD, Transport.CUBIC));
  }

  private static BitRate megabits(double rate) {
    return BitRate.ofMegabits(rate);
  }

  private static Duration seconds(double time) {
    return Duration.ofNanos(Math.round(time * 1e9));
  }
}
