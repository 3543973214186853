package io.github.qosrl.probes;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.core.host.Host;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of probes, for those that ask the far end of a real cable. */
public abstract class EchoContract extends ProbeContract {
  private TwoHosts hosts;

  @BeforeEach
  void make() throws Exception {
    hosts = TwoHosts.make("echoc");
    prepare(hosts.far());
  }

  @AfterEach
  void remove() throws Exception {
    TwoHosts.closeAll(hosts);
  }

  /** Starts at the far end what the probe asks. */
  protected void prepare(Host far) throws Exception {}

  /** The probe under test, with two targets. */
  protected abstract Probe open(Host near, EchoOptions options) throws Exception;

  @Override
  protected Probe probe() throws Exception {
    return open(hosts.near(), EchoOptions.of(TwoHosts.FAR, TwoHosts.FAR_TOO + ":dns"));
  }

  @Override
  protected void letTimePass() throws Exception {
    Thread.sleep(300);
  }
}
