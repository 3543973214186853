package io.github.qosrl.linux.tc;

import io.github.qosrl.core.ShaperException;

/**
 * The interface is not there now. It may come back: apply the plan again later, and it will be put
 * in force then.
 */
public final class LinkAbsentException extends ShaperException {
  private static final long serialVersionUID = 1L;

  LinkAbsentException(String host, String device) {
    super(
        "there is no interface '%s' on %s; 'ip -br link' shows those there are"
            .formatted(device, host));
  }
}
