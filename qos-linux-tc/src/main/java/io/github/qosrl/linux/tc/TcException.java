package io.github.qosrl.linux.tc;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.HostException;

/** The conversation with {@code tc} broke off, or could not begin. */
final class TcException extends QosException {
  private static final long serialVersionUID = 1L;

  /** Whether another try, in a new session, may succeed. */
  private final boolean retry;

  TcException(String message, boolean retry) {
    super(message);
    this.retry = retry;
  }

  TcException(HostException cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.retry = false;
  }

  boolean mayRetry() {
    return retry;
  }
}
