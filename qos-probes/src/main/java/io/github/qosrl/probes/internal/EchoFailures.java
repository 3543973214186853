package io.github.qosrl.probes.internal;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.EchoOptions;
import java.util.Locale;

/** Turns what ping, fping and irtt say when they give up into what to do about it. */
public final class EchoFailures {
  private EchoFailures() {}

  /**
   * One line for a user.
   *
   * @param program {@code ping}, {@code fping} or {@code irtt}
   * @param whom the target, or targets
   * @param exitCode how it ended
   * @param stderr what it said
   */
  public static String explain(
      String program, String whom, EchoOptions options, int exitCode, String stderr) {
    String said = stderr.isEmpty() ? "exit code " + exitCode : lastLine(stderr);
    return "%s cannot probe %s (%s); to fix: %s"
        .formatted(program, whom, said, fix(program, whom, options, stderr));
  }

  /** The failure to start a program. */
  public static ProbeException notStarted(String program, HostException e) {
    return e.kind() == HostException.Kind.NOT_INSTALLED
        ? new ProbeException(
            program + " is not installed; to fix: sudo apt-get install " + debianPackage(program),
            e)
        : new ProbeException(String.valueOf(e.getMessage()), e);
  }

  /** The Debian package that has the program. */
  public static String debianPackage(String program) {
    return program.equals("ping") ? "iputils-ping" : program;
  }

  private static String fix(String program, String whom, EchoOptions options, String stderr) {
    if (has(
        stderr,
        "Name or service not known",
        "name resolution",
        "No address associated",
        "no such host")) {
      return "check the name and this machine's DNS: getent hosts " + whom;
    }
    if (has(stderr, "Network is unreachable", "No route to host")) {
      return "check the route: ip route get " + whom;
    }
    if (has(stderr, "No such device", "unknown iface", "unknown interface")) {
      return "name an interface that is there (%s is not): ip link"
          .formatted(options.interfaceName());
    }
    if (has(stderr, "Cannot assign requested address")) {
      return "name a source address that this host has (%s is not): ip addr"
          .formatted(options.source());
    }
    if (has(stderr, "minimal interval", "cannot flood", "too short")) {
      return "run as root, or set interval to 200ms or more";
    }
    if (has(stderr, "icmp-timestamp")) {
      return "install fping 5.3 or later, or use the probe fping";
    }
    if (has(stderr, "no reply from server")) {
      return "start a server there (irtt server), let UDP through, and give both the same hmac";
    }
    if (has(stderr, "connection refused")) {
      return "start a server there: irtt server";
    }
    if (has(stderr, "invalid option", "unrecognized option", "illegal option")) {
      return "install the current one: sudo apt-get install " + debianPackage(program);
    }
    if (has(stderr, "not permitted", "Permission denied", "must run as root")) {
      return "sudo setcap cap_net_raw+ep $(command -v %s), or run as root".formatted(program);
    }
    if (has(stderr, "Address family", "unsuitable address", "non-IPv4 address", "non-IPv6")) {
      return "use a target, an interface and a source of the same IP version";
    }
    String command = program.equals("irtt") ? "irtt client" : program;
    return "run it by hand to see more: %s %s".formatted(command, whom);
  }

  private static boolean has(String text, String... parts) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String part : parts) {
      if (lower.contains(part.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n') + 1);
  }
}
