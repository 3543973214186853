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
class TbfContractIT extends ShaperContract {
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
    return new TbfProvider()
        .create(lab.router, Settings.of("shaper 'tbf'", Map.of("wan", "wan", "lan", "lan")));
  }

  @Override
  protected Object link() throws HostException, InterruptedException {
    return lab.configured();
  }
}
