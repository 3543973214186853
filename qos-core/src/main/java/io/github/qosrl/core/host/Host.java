package io.github.qosrl.core.host;

/**
 * Where commands run and system files are read: this machine, a network namespace, a remote router.
 *
 * <p>Every command is an argument list, never a shell string, and runs with {@code LC_ALL=C}. What
 * is beyond ASCII in an argument arrives only if the JVM itself runs in a UTF-8 locale.
 * Thread-safe.
 */
public interface Host extends AutoCloseable {

  /** A short name for messages, for example {@code local} or {@code netns router}. */
  String name();

  /**
   * Runs a command to its end and collects its output (at most 16 MiB of each stream).
   *
   * @return the result, whatever the exit code; {@link CommandResult#orThrow} turns a failure into
   *     an exception
   * @throws HostException if the command could not be started, or ran into its timeout (it is then
   *     killed)
   * @throws InterruptedException if the thread was interrupted; the command is killed
   */
  CommandResult run(Command command) throws HostException, InterruptedException;

  /**
   * Starts a long-lived process in a session of its own, so that a Ctrl-C meant for this program
   * does not reach it. The command's timeout does not apply.
   *
   * @throws HostException if it could not be started
   */
  HostProcess start(Command command) throws HostException;

  /**
   * Reads a small text file as this host sees it, such as {@code /sys/class/net/eth0/ifindex},
   * without starting a process for each read.
   *
   * @throws HostException if the file is absent or unreadable
   */
  String read(String path) throws HostException;

  /**
   * A file that is to be read many times a second: kept open where that is cheaper, and found again
   * by its path when what was open is gone. Nothing is read yet, so the file need not be there. The
   * caller closes it.
   */
  default HostFile file(String path) {
    return () -> read(path);
  }

  /**
   * Whether files are read and pipes written without a network in between, so that neither makes
   * anybody wait. False by default.
   */
  default boolean isNear() {
    return false;
  }

  /** Ends what this host keeps running. Repeated calls do nothing. */
  @Override
  void close();
}
