package io.github.qosrl.rl.nd4j;

/** ND4J finds no backend on the class path, or one that learning here cannot use. */
public final class MissingBackendException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  MissingBackendException(String message, Throwable cause) {
    super(message, cause);
  }

  MissingBackendException(String message) {
    super(message);
  }
}
