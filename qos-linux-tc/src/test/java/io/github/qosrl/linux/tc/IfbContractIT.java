package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.contract.ShaperContract;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class IfbContractIT extends ShaperContract {
  private RouterLab lab;

  @BeforeAll
  void setUp() throws Exception {
    lab = RouterLab.start();
  }

  @AfterAll
  void tearDown() {
    if (lab != null) {
      lab.close();
    }
  }

  @Override
  protected Shaper shaper() throws Exception {
    return new HtbProvider()
        .create(lab.router, Settings.of("shaper 'htb'", Map.of("wan", "wan", "ifb", "ifb-wan")));
  }

  @Override
  protected Object link() throws HostException, InterruptedException {
    return lab.configured();
  }
}
