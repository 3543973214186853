package io.github.qosrl.examples.cli;

/** The exit codes of the {@code qos} tool: part of its interface, for scripts to rely on. */
public enum ExitCode {
  /** It did what it was asked. */
  OK(0),
  /** A mistake of ours; please report it. */
  INTERNAL(1),
  /** A mistake on the command line, in the configuration or in a file that it names. */
  USAGE(2),
  /** The machine lacks something: a tool, a permission, an interface, a reachable host, space. */
  ENVIRONMENT(3),
  /** Somebody else already shapes the interface. */
  IN_USE(4),
  /** Stopped by SIGINT (Ctrl-C); the link is as it was found. */
  INTERRUPTED(130),
  /** Stopped by SIGTERM; the link is as it was found. */
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }
}
