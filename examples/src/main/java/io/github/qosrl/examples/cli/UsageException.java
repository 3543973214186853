package io.github.qosrl.examples.cli;

/** The user asked for something that makes no sense; the message says what would. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what was wrong, the value, what is accepted
   */
  public UsageException(String message) {
    super(message);
  }
}
