package io.github.qosrl.probes.ping;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PingContractIT extends ProbeContract {
  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("pingc");
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  @Override
  protected Probe probe() throws Exception {
    return PingProbe.open(hosts.near(), EchoOptions.of(TwoHosts.FAR, TwoHosts.FAR_TOO + ":dns"));
  }

  @Override
  protected void letTimePass() throws Exception {
    Thread.sleep(300);
  }
}
