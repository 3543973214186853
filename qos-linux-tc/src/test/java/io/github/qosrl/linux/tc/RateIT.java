package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.Needs;
import java.time.Duration;
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
  private static final int ATTEMPTS = 3;

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
      double best = 0;
      // A busy machine can only make it slower; never may it be faster.
      for (int i = 0; i < ATTEMPTS && best < 1 - TOLERANCE; i++) {
        double reached =
            traffic.tcp(server, direction.equals("download"), time) / (double) rate.bitsPerSecond();
        assertTrue(reached < 1 + TOLERANCE, "reached " + reached + " of the rate");
        best = Math.max(best, reached);
      }
      assertTrue(best > 1 - TOLERANCE, "reached only " + best + " of the rate");
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
