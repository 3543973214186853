package io.github.qosrl.probes.fping;

import io.github.qosrl.core.Probe;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoContract;
import io.github.qosrl.probes.EchoOptions;

class FpingContractIT extends EchoContract {
  @Override
  protected Probe open(Host near, EchoOptions options) throws Exception {
    return FpingProbe.open(near, options);
  }
}
