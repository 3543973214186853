package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.contract.LoopbackSshd;
import io.github.qosrl.core.contract.ShaperContract;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.spi.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The same shaper, on a router over SSH. */
@TestInstance(Lifecycle.PER_CLASS)
class SshContractIT extends ShaperContract {
  private RouterLab lab;
  private LoopbackSshd sshd;
  private Host remote;

  @BeforeAll
  void setUp(@TempDir Path directory) throws Exception {
    lab = RouterLab.start();
    sshd = LoopbackSshd.start(directory, lab.routerNamespace());
    remote = Hosts.parse(sshd.address());
  }

  @AfterAll
  void tearDown() throws Exception {
    if (remote != null) {
      remote.close();
    }
    if (sshd != null) {
      sshd.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  @Override
  protected Shaper shaper() throws Exception {
    return new HtbProvider()
        .create(remote, Settings.of("shaper 'htb'", Map.of("wan", "wan", "ifb", "ifb-wan")));
  }

  @Override
  protected Object link() throws HostException, InterruptedException {
    return lab.configured();
  }
}
