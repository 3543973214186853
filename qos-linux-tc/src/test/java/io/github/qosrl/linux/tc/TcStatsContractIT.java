package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The counters of a shaper that is in force are a probe like any other. */
@TestInstance(Lifecycle.PER_CLASS)
class TcStatsContractIT extends ProbeContract {
  private static final Map<String, String> LINK =
      Map.of("wan", "wan", "lan", "lan", "classes", "high,medium,low");

  private RouterLab lab;
  private TcShaper shaper;

  @BeforeAll
  void setUp() throws Exception {
    lab = RouterLab.start();
    shaper = (TcShaper) new HtbProvider().create(lab.router, Settings.of("shaper 'htb'", LINK));
    shaper.apply(ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit")));
  }

  @AfterAll
  void tearDown() throws Exception {
    if (shaper != null) {
      shaper.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  @Override
  protected Probe probe() throws Exception {
    return new TcStatsProvider().create(lab.router, Settings.of("probe 'tc-stats'", LINK));
  }

  @Override
  protected void letTimePass() throws Exception {
    RouterLab.run(lab.client, "ping -q -c 2 -i 0.01 " + RouterLab.SERVER);
  }
}
