package io.github.qosrl.core.host;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Undoes changes to a host when this JVM disappears, {@code kill -9} included, before it could undo
 * them itself.
 *
 * <pre>{@code
 * ExitGuard guard = ExitGuard.start(host);
 * guard.undo(List.of(Command.of("tc", "qdisc", "del", "dev", "eth0", "root")));
 * host.run(Command.of("tc", "qdisc", "add", "dev", "eth0", "root", ...));
 * // … and, once everything is put back by ordinary means:
 * guard.close();
 * }</pre>
 *
 * <p>A small shell on the host waits for the end of its input, which comes with the end of this
 * JVM. It first ends what the host still runs for this JVM, and then runs the commands, the list of
 * the latest guard first; within a second, unless the commands themselves take longer. It lives in
 * a session of its own and ignores the signals that end a program politely. All guards of a host of
 * {@link Hosts} share one shell. Closing the host before the guard runs the commands, too.
 *
 * <p>On a remote host, the end of the connection is what the end of this JVM is here: the shell
 * acts at once when it is told of it, and after the host's patience when it merely hears nothing.
 *
 * <p>Thread-safe.
 */
public final class ExitGuard implements AutoCloseable {
  private final LastWill will;
  private final boolean shared;

  private ExitGuard(LastWill will, boolean shared) {
    this.will = will;
    this.shared = shared;
  }

  /**
   * A guard with nothing to undo yet.
   *
   * @throws HostException if no shell can be started on the host
   */
  public static ExitGuard start(Host host) throws HostException {
    boolean shared = host instanceof GuardedHost;
    LastWill will = shared ? ((GuardedHost) host).will() : new LastWill(host::start, Duration.ZERO);
    will.shellPid();
    return new ExitGuard(will, shared);
  }

  /**
   * Replaces the list of what to run if this JVM disappears. Call it <em>before</em> the change
   * that needs undoing. Commands run in the order given, whether or not the ones before succeed;
   * their timeouts do not apply. A shell that was killed is started anew.
   *
   * @param commands what to run; empty for nothing
   * @throws HostException if no shell takes the list
   */
  public void undo(List<Command> commands) throws HostException {
    undo(commands, List.of());
  }

  /**
   * The same, for commands that need something to live on until they are done, such as the holder
   * of a lock on what they undo.
   *
   * @param lasting processes of this host that are ended after all commands rather than before
   * @throws HostException as {@link #undo(List)}
   */
  public void undo(List<Command> commands, List<HostProcess> lasting) throws HostException {
    will.put(
        this,
        commands.stream().map(LastWill::clause).collect(Collectors.joining()),
        lasting.stream().map(HostProcess::pid).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * The process id of the shell on the host; starts it if it was killed.
   *
   * @throws HostException if it cannot be started
   */
  public long pid() throws HostException {
    return will.shellPid();
  }

  /**
   * Whether the shell runs. If it was killed, the next {@link #undo} starts another; until then
   * nothing is undone.
   */
  public boolean alive() {
    return will.alive();
  }

  /** Withdraws the commands: nothing is left to undo. Repeated calls do nothing. */
  @Override
  public void close() {
    will.remove(this);
    if (!shared) {
      will.close();
    }
  }
}
