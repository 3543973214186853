package io.github.qosrl.core;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that was named as input is not there, cannot be read, or does not hold what it should. The
 * message is one line: which file, what is wrong with it, and where in it.
 */
public final class InputFileException extends QosException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which file, what is wrong with it, and where in it
   * @param cause what went wrong below
   */
  public InputFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * For a file that could not be read.
   *
   * @param what the file is, such as {@code run log}
   * @param cause why; its message is told unless its kind says more
   */
  public static InputFileException unreadable(String what, Path file, IOException cause) {
    return new InputFileException(
        "%s '%s' cannot be read: %s".formatted(what, file, reason(file, cause)), cause);
  }

  /** The JDK's exceptions about files carry little but the path as their message. */
  private static String reason(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    return Files.isDirectory(file) ? "it is a directory" : String.valueOf(cause.getMessage());
  }
}
