package io.github.qosrl.linux.tc;

import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.host.HostException;

/**
 * The interface is not there now, or its host is out of reach. It may come back: apply the plan
 * again later, and it will be put in force then.
 */
public final class LinkAbsentException extends ShaperException {
  private static final long serialVersionUID = 1L;

  LinkAbsentException(String host, String device) {
    super(
        "there is no interface '%s' on %s; 'ip -br link' shows those there are"
            .formatted(device, host));
  }

  LinkAbsentException(HostException outOfReach) {
    super(String.valueOf(outOfReach.getMessage()), outOfReach);
  }
}
