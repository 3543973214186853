package io.github.qosrl.rl.nd4j;

/** ND4J finds no backend on the class path, or one that learning here cannot use. */
public final class BackendException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  BackendException(String message, Throwable cause) {
    super(message, cause);
  }

  BackendException(String message) {
    super(message);
  }
}
