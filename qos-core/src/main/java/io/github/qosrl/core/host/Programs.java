package io.github.qosrl.core.host;

import com.google.common.base.Splitter;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds programs, and knows which Debian package brings the ones the library uses. */
final class Programs {
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("bridge", "iproute2"),
          Map.entry("ethtool", "ethtool"),
          Map.entry("fping", "fping"),
          Map.entry("ip", "iproute2"),
          Map.entry("iperf3", "iperf3"),
          Map.entry("irtt", "irtt"),
          Map.entry("modprobe", "kmod"),
          Map.entry("nft", "nftables"),
          Map.entry("ping", "iputils-ping"),
          Map.entry("setsid", "util-linux"),
          Map.entry("ss", "iproute2"),
          Map.entry("sysctl", "procps"),
          Map.entry("tc", "iproute2"),
          Map.entry("tcpdump", "tcpdump"));

  /** An ordinary user's path on Debian lacks these, where {@code tc} and {@code ip} live. */
  private static final List<String> SYSTEM_DIRECTORIES =
      List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin");

  private static final Set<String> DIRECTORIES = directories();

  private Programs() {}

  private static Set<String> directories() {
    Set<String> all = new LinkedHashSet<>();
    String path = System.getenv("PATH");
    if (path != null) {
      Splitter.on(File.pathSeparatorChar).omitEmptyStrings().split(path).forEach(all::add);
    }
    all.addAll(SYSTEM_DIRECTORIES);
    return all;
  }

  /** The value of {@code PATH} for commands. */
  static String path() {
    return String.join(File.pathSeparator, DIRECTORIES);
  }

  /**
   * Where a program is.
   *
   * @throws HostException if it is nowhere, or may not be executed
   */
  static Path find(String program) throws HostException {
    try {
      if (program.indexOf('/') >= 0) {
        return executable(Path.of(program), program);
      }
      for (String directory : DIRECTORIES) {
        Path candidate = Path.of(directory, program);
        if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return candidate;
        }
      }
    } catch (InvalidPathException e) {
      // No file can have that name: not installed.
    }
    throw HostException.notInstalled(program);
  }

  private static Path executable(Path file, String program) throws HostException {
    if (!Files.isRegularFile(file)) {
      throw HostException.notInstalled(program);
    }
    if (!Files.isExecutable(file)) {
      throw new HostException(
          HostException.Kind.NOT_PERMITTED,
          "'%s' may not be executed by this user; to fix: chmod a+x %s".formatted(program, file));
    }
    return file;
  }

  /** What to do about a program that is missing. */
  static String fix(String program) {
    String aptPackage = PACKAGES.get(program.substring(program.lastIndexOf('/') + 1));
    return aptPackage == null
        ? "install it, or put it on the PATH"
        : "apt-get install " + aptPackage;
  }
}
