package io.github.qosrl.core.policy;

import io.github.qosrl.core.QosException;

/** A policy file could not be read or written. The message is one line: which file, and why. */
public final class PolicyException extends QosException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which file, what is wrong with it, what is accepted
   */
  public PolicyException(String message) {
    super(message);
  }

  /**
   * @param message which file, what is wrong with it, what is accepted
   * @param cause what went wrong below
   */
  public PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
