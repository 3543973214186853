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

/** What every shaper must do, on a router of this kernel. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RouterContract extends ShaperContract {
  private final TcProvider provider;
  private final Map<String, String> interfaces;
  private RouterLab lab;

  RouterContract(TcProvider provider, Map<String, String> interfaces) {
    this.provider = provider;
    this.interfaces = interfaces;
  }

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
    return provider.create(lab.router, Settings.of(provider.id(), interfaces));
  }

  @Override
  protected Object link() throws HostException, InterruptedException {
    return lab.configured();
  }
}
