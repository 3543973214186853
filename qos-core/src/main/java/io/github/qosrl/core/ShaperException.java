package io.github.qosrl.core;

/** A shaper could not put a plan in force, or could not restore the link. */
public class ShaperException extends QosException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what came back, and what to do
   */
  public ShaperException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what came back, and what to do
   * @param cause what went wrong below
   */
  public ShaperException(String message, Throwable cause) {
    super(message, cause);
  }
}
