package io.github.qosrl.probes.fping;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class FpingContractIT extends ProbeContract {
  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("fpingc");
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  @Override
  protected Probe probe() throws Exception {
    return FpingProbe.open(hosts.near(), EchoOptions.of(TwoHosts.FAR, TwoHosts.FAR_TOO + ":dns"));
  }

  @Override
  protected void letTimePass() throws Exception {
    Thread.sleep(300);
  }
}
