package io.github.qosrl.rl;

/**
 * ND4J has no backend on the class path that learning can use here. The message is one line that
 * names the artifact to add.
 */
public final class MissingBackendException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is missing, and what to add
   * @param cause what ND4J said
   */
  public MissingBackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
