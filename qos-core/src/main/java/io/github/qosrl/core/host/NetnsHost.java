package io.github.qosrl.core.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace of this machine, as {@code ip netns} names it.
 *
 * <p>Files are read through {@code /proc/PID/root} of one small process in there (the shell of the
 * exit guard): {@code ip netns exec} gave it a mount namespace whose {@code /sys} shows the
 * namespace's own interfaces (ip-netns(8)).
 */
final class NetnsHost extends ProcessHost {
  /** Shows the namespace of whoever reads, whatever the way there. */
  private static final String OF_THE_READER = "/proc/sys/net/";

  private static final Path NAMESPACES = Path.of("/run/netns");
  private static final Pattern NAME = Pattern.compile("(?![-.])[^/\\s]{1,255}");

  private final String namespace;
  private final Path handle;
  private @Nullable Object shellNamespace;

  NetnsHost(String namespace) {
    if (!NAME.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not the name of a network namespace; 'ip netns list' shows them"
              .formatted(namespace));
    }
    this.namespace = namespace;
    this.handle = NAMESPACES.resolve(namespace);
  }

  @Override
  public String name() {
    return "netns " + namespace;
  }

  @Override
  List<String> prefix() throws HostException {
    identity();
    return List.of(Programs.find("ip").toString(), "netns", "exec", namespace);
  }

  @Override
  protected Optional<HostException> failure(CommandResult result) {
    String stderr = result.stderr();
    if (stderr.startsWith("Cannot open network namespace")) {
      return Optional.of(
          stderr.contains("Permission denied") ? notPermitted(result) : missing(null));
    }
    if (stderr.startsWith("setting the network namespace")
        || stderr.startsWith("mount of /sys failed")
        || stderr.startsWith("unshare failed")) {
      return Optional.of(notPermitted(result));
    }
    return Optional.empty();
  }

  @Override
  public String read(String path) throws HostException {
    if (path.startsWith(OF_THE_READER)) {
      return cat(path);
    }
    return readFile(locate(path), path, name());
  }

  @Override
  public HostFile file(String path) {
    return path.startsWith(OF_THE_READER) ? () -> read(path) : super.file(path);
  }

  @Override
  Path locate(String path) throws HostException {
    long pid = shellPid();
    String own =
        path.replaceFirst("^/proc/net(?=/|$)", "/proc/self/net")
            .replaceFirst("^/proc/self(?=/|$)", "/proc/" + pid);
    return Path.of("/proc/" + pid + "/root" + own);
  }

  private String cat(String path) throws HostException {
    try {
      return run(Command.of("cat", path)).orThrow().stdout();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException(HostException.Kind.FAILED, "interrupted while reading " + path, e);
    }
  }

  /** The shell's id; moves it if the namespace was deleted and made again under its name. */
  private synchronized long shellPid() throws HostException {
    Object identity = identity();
    if (!identity.equals(shellNamespace)) {
      will().move();
      shellNamespace = identity;
    }
    return will().shellPid();
  }

  private Object identity() throws HostException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(handle, BasicFileAttributes.class);
      return String.valueOf(attributes.fileKey());
    } catch (IOException e) {
      throw missing(e);
    }
  }

  private HostException missing(@Nullable IOException cause) {
    String message =
        "there is no network namespace '%1$s'; 'ip netns list' shows those there are, 'ip netns add %1$s' makes it"
            .formatted(namespace);
    return cause == null
        ? new HostException(HostException.Kind.UNREACHABLE, message)
        : new HostException(HostException.Kind.UNREACHABLE, message, cause);
  }

  private HostException notPermitted(CommandResult result) {
    return new HostException(
        HostException.Kind.NOT_PERMITTED,
        "network namespace '%s' may not be entered by this user (%s); to fix: run as root"
            .formatted(namespace, result.stderr().strip()));
  }
}
