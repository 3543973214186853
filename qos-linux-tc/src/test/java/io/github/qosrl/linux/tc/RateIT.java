package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real TCP traffic gets the rate of the plan, to within 5 %. */
@TestInstance(Lifecycle.PER_CLASS)
class RateIT {
  private static final double TOLERANCE = 0.05;
  private static final int ATTEMPTS = 8;

  private RouterLab lab;
  private Traffic traffic;

  @BeforeAll
  void setUp() throws Exception {
    Needs.program("iperf3");
    lab = RouterLab.start();
    traffic = Traffic.start(lab);
  }

  @AfterAll
  void tearDown() {
    if (traffic != null) {
      traffic.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  @ParameterizedTest(name = "{0}: {1} {2} over IPv{3}")
  @CsvSource({
    "tbf, 1mbit, upload, 4",
    "tbf, 1mbit, download, 6",
    "tbf, 20mbit, upload, 6",
    "tbf, 500mbit, download, 4",
    "htb, 1mbit, upload, 6",
    "htb, 1mbit, download, 4",
    "htb, 20mbit, download, 6",
    "htb, 500mbit, upload, 4",
    "ifb, 1mbit, download, 6",
    "ifb, 20mbit, download, 4",
    "ifb, 500mbit, download, 6"
  })
  void measuredRateIsThePlan(String kind, String text, String direction, int version)
      throws Exception {
    BitRate rate = BitRate.parse(text);
    String server = version == 4 ? RouterLab.SERVER : RouterLab.SERVER6;
    Duration time = Duration.ofSeconds(rate.megabits() < 5 ? 5 : 3);
    try (TcShaper shaper = shaper(kind)) {
      shaper.apply(ShapingPlan.of(rate, rate));
      // On a busy machine one transfer may be starved, or catch up with what waited before it
      // began.
      List<Double> reached = new ArrayList<>();
      boolean near = false;
      while (!near && reached.size() < ATTEMPTS) {
        double part =
            traffic.tcp(server, direction.equals("download"), time, rate)
                / (double) rate.bitsPerSecond();
        reached.add(part);
        near = Math.abs(part - 1) < TOLERANCE;
      }
      if (!near) {
        shaper.apply(ShapingPlan.UNLIMITED);
        double free = traffic.tcp(server, direction.equals("download"), time, rate);
        assumeTrue(
            free > 2.0 * rate.bitsPerSecond(),
            "skipped: too busy, without any limit only %.0f bit/s pass".formatted(free));
      }
      assertTrue(near, "reached these parts of the rate: " + reached);
    }
  }

  private TcShaper shaper(String kind) throws Exception {
    TcShaperBuilder link = TcShaper.builder(lab.router).wan("wan");
    return switch (kind) {
      case "tbf" -> link.lan("lan").tbf();
      case "htb" -> link.lan("lan").htb();
      default -> link.ifb("ifb-wan").htb();
    };
  }
}
