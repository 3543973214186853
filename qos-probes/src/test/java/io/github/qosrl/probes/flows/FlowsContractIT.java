package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.probes.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class FlowsContractIT extends ProbeContract {
  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("flowsc");
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  @Override
  protected Probe probe() throws Exception {
    return FlowsProbe.open(hosts.near(), "wan0");
  }

  @Override
  protected void letTimePass() throws Exception {
    Thread.sleep(200);
  }
}
