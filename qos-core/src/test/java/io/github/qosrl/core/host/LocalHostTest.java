package io.github.qosrl.core.host;

import io.github.qosrl.core.contract.HostContract;

class LocalHostTest extends HostContract {

  @Override
  protected Host host() {
    return Hosts.local();
  }
}
