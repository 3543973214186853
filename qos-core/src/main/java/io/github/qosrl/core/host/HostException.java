package io.github.qosrl.core.host;

import io.github.qosrl.core.QosException;
import org.jspecify.annotations.Nullable;

/** A command could not run or failed, or a system file could not be read. */
public final class HostException extends QosException {
  private static final long serialVersionUID = 1L;
  private static final int STDERR_TAIL = 500;

  /** Why it failed. */
  public enum Kind {
    /** The program is not installed, or not on the path. */
    NOT_INSTALLED,
    /** The system refused it to this user. */
    NOT_PERMITTED,
    /** It ran into its timeout and was killed. */
    TIMED_OUT,
    /** It ended with an exit code other than 0. */
    FAILED,
    /** The host, a file or a namespace is not there or not reachable. */
    UNREACHABLE,
    /** There is no connection to a remote host now. It may come back: try again later. */
    NOT_CONNECTED
  }

  private final Kind kind;
  private final transient @Nullable CommandResult result;

  /**
   * @param kind why it failed
   * @param message what was tried, what came back, and what to do
   */
  public HostException(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.result = null;
  }

  /**
   * @param kind why it failed
   * @param message what was tried, what came back, and what to do
   * @param cause what went wrong below
   */
  public HostException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.result = null;
  }

  private HostException(Kind kind, String message, CommandResult result) {
    super(message);
    this.kind = kind;
    this.result = result;
  }

  /** The exception for a command that ended with a failure. */
  static HostException failed(CommandResult result) {
    String stderr = result.stderr().strip();
    boolean refused =
        stderr.contains("Operation not permitted") || stderr.contains("Permission denied");
    String message =
        "'%s' ended with exit code %d%s%s"
            .formatted(
                result.command(),
                result.exitCode(),
                stderr.isEmpty() ? "" : ": " + tail(stderr),
                refused ? "; to fix: run as root" : "");
    Kind kind = refused ? Kind.NOT_PERMITTED : Kind.FAILED;
    return new HostException(kind, message, result);
  }

  /**
   * The exception for a program that a host does not have.
   *
   * @param program its name, or its path
   */
  public static HostException notInstalled(String program) {
    return new HostException(
        Kind.NOT_INSTALLED,
        "'%s' is not installed; to fix: %s".formatted(program, Programs.fix(program)));
  }

  /** The end of a long text. */
  static String tail(String text) {
    return text.length() <= STDERR_TAIL ? text : "…" + text.substring(text.length() - STDERR_TAIL);
  }

  /** Why it failed. */
  public Kind kind() {
    return kind;
  }

  /** How the command ended, if it ran to an end. */
  public @Nullable CommandResult result() {
    return result;
  }
}
