package io.github.qosrl.core.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A host whose commands are processes of this machine. */
abstract class ProcessHost extends GuardedHost {

  ProcessHost() {
    // The kernel closes the shell's pipe when this JVM dies: there is nothing to wait for.
    super(Duration.ZERO);
  }

  /** What goes before a command's own arguments to run it on this host. */
  abstract List<String> prefix() throws HostException;

  @Override
  protected final GuardedProcess launch(Command command) throws HostException {
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

  @Override
  public boolean isNear() {
    return true;
  }

  /** Where a file of this host is on this machine. */
  abstract Path locate(String path) throws HostException;

  @Override
  public HostFile file(String path) {
    return new OpenFile(
        new OpenFile.Source() {
          @Override
          public Path path() throws HostException {
            return locate(path);
          }

          @Override
          public String read() throws HostException {
            return ProcessHost.this.read(path);
          }
        });
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
