package io.github.qosrl.core.host;

/**
 * How a command ended.
 *
 * @param command what ran
 * @param exitCode its exit code; 128 + n if signal n ended it
 * @param stdout what it printed, decoded as UTF-8
 * @param stderr what it printed on standard error
 */
public record CommandResult(Command command, int exitCode, String stdout, String stderr) {

  /** Whether the exit code is 0. */
  public boolean ok() {
    return exitCode == 0;
  }

  /**
   * This result, if the command succeeded.
   *
   * @throws HostException with the command, its exit code and the end of its standard error
   */
  public CommandResult orThrow() throws HostException {
    if (!ok()) {
      throw HostException.failed(this);
    }
    return this;
  }
}
