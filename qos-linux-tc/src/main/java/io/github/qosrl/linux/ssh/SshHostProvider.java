package io.github.qosrl.linux.ssh;

import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostProvider;

/**
 * Makes hosts of what begins with {@code ssh:}, for example {@code ssh:root@192.168.1.1} or {@code
 * ssh://root@router:2222?identity=/etc/qos/key&known-hosts=/etc/qos/known_hosts}.
 */
public final class SshHostProvider implements HostProvider {

  @Override
  public String scheme() {
    return "ssh";
  }

  @Override
  public String syntax() {
    return SshAddress.SYNTAX;
  }

  @Override
  public Host host(String address) {
    SshOptions options = SshAddress.parse(address);
    try {
      return SshHosts.open(options);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
