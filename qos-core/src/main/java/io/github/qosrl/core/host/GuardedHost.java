package io.github.qosrl.core.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host on which a shell of its own cleans up when this program disappears: it ends what the
 * program still runs there, and then does what the {@link ExitGuard}s ask for. Its heirs say how a
 * process is started on their kind of host, and how a file is read. Thread-safe.
 */
public abstract class GuardedHost implements Host {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedHost.class);

  private final Set<GuardedProcess> running = ConcurrentHashMap.newKeySet();
  private final LastWill will;
  private final boolean remote;
  private volatile boolean closed;

  /**
   * @param patience how long the shell goes without a sign of life of this program before it takes
   *     it for dead, at least 2 s; zero if the end of its input tells without fail
   */
  protected GuardedHost(Duration patience) {
    this.will = new LastWill(this::startShell, patience);
    this.remote = !patience.isZero();
  }

  /**
   * Starts a process in a session of its own, with {@code LC_ALL=C}.
   *
   * @throws HostException if it could not be started
   */
  protected abstract GuardedProcess launch(Command command) throws HostException;

  /**
   * The failure that a command's result stands for: it could not start on this host, or was cut
   * off. Empty if the command itself ended like that.
   */
  protected abstract Optional<HostException> failure(CommandResult result);

  /** What happens here when this JVM is gone. */
  LastWill will() {
    return will;
  }

  @Override
  public final CommandResult run(Command command) throws HostException, InterruptedException {
    try (GuardedProcess process = open(command)) {
      register(process);
      CommandResult result = new Conversation(command, process).run();
      Optional<HostException> failure = result.ok() ? Optional.empty() : failure(result);
      if (failure.isPresent()) {
        throw failure.get();
      }
      return result;
    } catch (HostException e) {
      if (Thread.interrupted()) {
        throw interruption(e);
      }
      throw e;
    }
  }

  private static InterruptedException interruption(HostException e) {
    InterruptedException interruption = new InterruptedException(e.getMessage());
    interruption.initCause(e);
    return interruption;
  }

  @Override
  public final HostProcess start(Command command) throws HostException {
    GuardedProcess process = open(command);
    register(process);
    return process;
  }

  /** Ends all that runs here, and has the guards' commands run that were not withdrawn. */
  @Override
  public void close() {
    closed = true;
    Set<Long> last = will.last();
    running.stream()
        .filter(process -> !last.contains(process.pid()))
        .forEach(GuardedProcess::close);
    will.close();
    running.forEach(GuardedProcess::close);
  }

  @Override
  public final String toString() {
    return name();
  }

  private GuardedProcess open(Command command) throws HostException {
    requireOpen(command);
    if (remote) {
      // Nothing runs there before what an earlier connection left is gone.
      will.shellPid();
    }
    return launch(command);
  }

  private void requireOpen(Command command) throws HostException {
    if (closed) {
      throw new HostException(
          HostException.Kind.UNREACHABLE,
          "'%s' cannot run: host %s is closed".formatted(command, name()));
    }
  }

  private void register(GuardedProcess process) throws HostException {
    running.add(process);
    boolean complete = false;
    try {
      watch(process);
      complete = true;
    } finally {
      if (!complete) {
        process.close();
        running.remove(process);
        will.lose(process.pid());
      }
    }
    process.onExit(
        () -> {
          running.remove(process);
          if (process.isCutOff()) {
            will.lose(process.pid());
          } else {
            will.forget(process.pid());
          }
        });
  }

  /** Has a process ended with this program, and lets it go on. */
  private void watch(GuardedProcess process) throws HostException {
    try {
      will.watch(process.pid());
      process.proceed();
    } catch (HostException e) {
      if (remote) {
        throw e;
      }
      if (process.alive()) {
        LOG.warn(
            "{}; process {} would outlive a kill of this program", e.getMessage(), process.pid());
      }
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.NOT_CONNECTED,
          "the connection to %s was lost: %s".formatted(name(), e.getMessage()),
          e);
    }
  }

  /** Starts the shell that executes the last will, and waits until it stands. */
  private HostProcess startShell(Command command) throws HostException {
    requireOpen(command);
    GuardedProcess shell = launch(command);
    try {
      shell.proceed();
      if (shell.stdout().read() >= 0) {
        return shell;
      }
      String stderr = new String(shell.stderr().readAllBytes(), StandardCharsets.UTF_8);
      shell.waitFor(command.timeout());
      CommandResult result = new CommandResult(command, shell.exitCode().orElse(-1), "", stderr);
      throw failure(result).orElseGet(() -> HostException.failed(result));
    } catch (IOException e) {
      shell.close();
      throw new HostException(HostException.Kind.FAILED, "'sh' could not be started: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException(HostException.Kind.FAILED, "interrupted while starting 'sh'", e);
    } finally {
      if (!shell.alive()) {
        shell.close();
      }
    }
  }
}
