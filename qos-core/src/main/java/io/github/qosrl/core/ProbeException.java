package io.github.qosrl.core;

/** A probe could not measure. */
public class ProbeException extends QosException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what came back, and what to do
   */
  public ProbeException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what came back, and what to do
   * @param cause what went wrong below
   */
  public ProbeException(String message, Throwable cause) {
    super(message, cause);
  }
}
