package io.github.qosrl.core;

/**
 * Something outside the program stopped it from controlling the link. Checked, because the host
 * application must choose its fail-safe. The message is one line for a person: what was tried, what
 * came back, what to do.
 */
public class QosException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what came back, and what to do
   */
  public QosException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what came back, and what to do
   * @param cause what went wrong below
   */
  public QosException(String message, Throwable cause) {
    super(message, cause);
  }

  /** One line for a person; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
