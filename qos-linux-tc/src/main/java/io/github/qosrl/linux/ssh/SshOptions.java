package io.github.qosrl.linux.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which router, and how to get into it. Immutable.
 *
 * @param router its name or address, or an alias of {@code ~/.ssh/config}
 * @param port its port; 0 for what {@code ~/.ssh/config} says, or else 22
 * @param user who logs in; empty for what {@code ~/.ssh/config} says, or else this user
 * @param identities files of private keys without a passphrase; empty for the keys of the agent
 *     that {@code SSH_AUTH_SOCK} names and the usual files in {@code ~/.ssh}
 * @param knownHosts the file with the keys of known hosts
 * @param checksHostKey whether the router must show a key that this file has; without it, anybody
 *     on the way can be the router
 * @param timeout the longest that connecting, and starting a command, may take; positive
 * @param patience how long the router's side goes without a sign of life before it puts itself back
 *     as it was, 2 s to 5 min; a whole number of seconds
 */
public record SshOptions(
    String router,
    int port,
    Optional<String> user,
    List<Path> identities,
    Path knownHosts,
    boolean checksHostKey,
    Duration timeout,
    Duration patience) {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);
  private static final Duration MOST_PATIENCE = Duration.ofMinutes(5);

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SshOptions {
    identities = List.copyOf(identities);
    require(!router.isBlank(), "router", router, "a name or an address");
    require(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
    require(!timeout.isNegative() && !timeout.isZero(), "timeout", timeout, "a time above 0");
    require(
        patience.compareTo(LEAST_PATIENCE) >= 0
            && patience.compareTo(MOST_PATIENCE) <= 0
            && patience.equals(Duration.ofSeconds(patience.toSeconds())),
        "patience",
        patience,
        "whole seconds from 2 s to 5 min");
  }

  private static void require(boolean good, String what, Object value, String accepted) {
    if (!good) {
      throw new IllegalArgumentException(
          "%s '%s' is not accepted; accepted: %s".formatted(what, value, accepted));
    }
  }

  /** A router with the usual way in: the agent's keys or those in {@code ~/.ssh}, checked. */
  public static SshOptions of(String router) {
    return new SshOptions(
        router,
        0,
        Optional.empty(),
        List.of(),
        Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"),
        true,
        TIMEOUT,
        PATIENCE);
  }

  /** The same with another port. */
  public SshOptions withPort(int newPort) {
    return new SshOptions(
        router, newPort, user, identities, knownHosts, checksHostKey, timeout, patience);
  }

  /** The same with another user. */
  public SshOptions withUser(String newUser) {
    return new SshOptions(
        router,
        port,
        Optional.of(newUser),
        identities,
        knownHosts,
        checksHostKey,
        timeout,
        patience);
  }

  /** The same with these keys, and no others. */
  public SshOptions withIdentities(List<Path> files) {
    return new SshOptions(router, port, user, files, knownHosts, checksHostKey, timeout, patience);
  }

  /** The same with another file of known hosts. */
  public SshOptions withKnownHosts(Path file) {
    return new SshOptions(router, port, user, identities, file, checksHostKey, timeout, patience);
  }

  /** The same, but whoever answers is taken for the router. For laboratories only. */
  public SshOptions withoutHostKeyCheck() {
    return new SshOptions(router, port, user, identities, knownHosts, false, timeout, patience);
  }

  /** The same with another timeout. */
  public SshOptions withTimeout(Duration newTimeout) {
    return new SshOptions(
        router, port, user, identities, knownHosts, checksHostKey, newTimeout, patience);
  }

  /** The same with another patience. */
  public SshOptions withPatience(Duration newPatience) {
    return new SshOptions(
        router, port, user, identities, knownHosts, checksHostKey, timeout, newPatience);
  }

  /** As one would type it, without {@code ssh}. */
  String target() {
    String where = router.contains(":") ? "[" + router + "]" : router;
    return user.map(name -> name + "@").orElse("") + where + (port == 0 ? "" : ":" + port);
  }
}
