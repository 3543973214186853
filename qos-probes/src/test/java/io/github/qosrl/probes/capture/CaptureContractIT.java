package io.github.qosrl.probes.capture;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.probes.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class CaptureContractIT extends ProbeContract {
  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("captc");
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  @Override
  protected Probe probe() throws Exception {
    return CaptureProbe.open(hosts.near(), "wan0", CaptureOptions.standard().withoutLookUp());
  }

  @Override
  protected void letTimePass() throws Exception {
    TwoHosts.run(hosts.near(), "ping -n -c 1 -W 10 " + TwoHosts.FAR);
  }
}
