package io.github.qosrl.probes.irtt;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoContract;
import io.github.qosrl.probes.EchoOptions;

class IrttContractIT extends EchoContract {
  @Override
  protected void prepare(Host far) throws Exception {
    IrttServer.start(far);
  }

  @Override
  protected Probe open(Host near, EchoOptions options) throws Exception {
    return IrttProbe.open(near, options);
  }
}
