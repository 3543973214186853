package io.github.qosrl.core.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host whose commands are processes of this machine. */
abstract class ProcessHost implements Host {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessHost.class);

  private final Set<ChildProcess> running = ConcurrentHashMap.newKeySet();
  private final LastWill will = new LastWill(this::startShell);
  private volatile boolean closed;

  /** What goes before a command's own arguments to run it on this host. */
  abstract List<String> prefix() throws HostException;

  /** The failure that a command's result stands for, if it could not even start on this host. */
  abstract Optional<HostException> failureToStart(CommandResult result);

  /** What happens here when this JVM is gone. */
  LastWill will() {
    return will;
  }

  @Override
  public final CommandResult run(Command command) throws HostException, InterruptedException {
    try (ChildProcess process = launch(command)) {
      register(process);
      CommandResult result = new Conversation(command, process).run();
      Optional<HostException> failure = result.ok() ? Optional.empty() : failureToStart(result);
      if (failure.isPresent()) {
        throw failure.get();
      }
      return result;
    }
  }

  @Override
  public final HostProcess start(Command command) throws HostException {
    ChildProcess process = launch(command);
    register(process);
    return process;
  }

  @Override
  public void close() {
    closed = true;
    running.forEach(ChildProcess::close);
    will.close();
  }

  @Override
  public final String toString() {
    return name();
  }

  private ChildProcess launch(Command command) throws HostException {
    if (closed) {
      throw new HostException(
          HostException.Kind.UNREACHABLE,
          "'%s' cannot run: host %s is closed".formatted(command, name()));
    }
    List<String> argv = new ArrayList<>();
    argv.add(Programs.find("setsid").toString());
    argv.addAll(prefix());
    Programs.find(command.program());
    argv.addAll(command.argv());
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("LC_ALL", "C");
    environment.put("PATH", Programs.path());
    try {
      return Launch.start(argv, environment);
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.FAILED,
          "'%s' could not be started: %s".formatted(command, e.getMessage()),
          e);
    }
  }

  private void register(ChildProcess process) {
    running.add(process);
    try {
      will.watch(process.pid());
    } catch (HostException e) {
      if (process.alive()) {
        LOG.warn(
            "{}; process {} would outlive a kill of this program", e.getMessage(), process.pid());
      }
    }
    process.onExit(
        () -> {
          running.remove(process);
          will.forget(process.pid());
        });
  }

  /** Starts the shell that executes the last will, and waits until it stands. */
  private HostProcess startShell(Command command) throws HostException {
    ChildProcess shell = launch(command);
    try {
      if (shell.stdout().read() >= 0) {
        return shell;
      }
      String stderr = new String(shell.stderr().readAllBytes(), StandardCharsets.UTF_8);
      shell.waitFor(command.timeout());
      CommandResult result = new CommandResult(command, shell.exitCode().orElse(-1), "", stderr);
      throw failureToStart(result).orElseGet(() -> HostException.failed(result));
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

  /** Reads a file of this machine. */
  static String readFile(Path file, String shown, String where) throws HostException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new HostException(
          HostException.Kind.UNREACHABLE, "there is no %s on %s".formatted(shown, where), e);
    } catch (AccessDeniedException e) {
      throw new HostException(
          HostException.Kind.NOT_PERMITTED,
          "%s on %s may not be read by this user; to fix: run as root".formatted(shown, where),
          e);
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.FAILED,
          "%s on %s could not be read: %s".formatted(shown, where, e.getMessage()),
          e);
    }
  }
}
