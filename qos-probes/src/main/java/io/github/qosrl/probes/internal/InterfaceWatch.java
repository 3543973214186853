package io.github.qosrl.probes.internal;

import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices that an interface was removed, and that another one has its name.
 *
 * <p>A socket is bound to an interface's number, not its name ({@code SO_BINDTODEVICE}, socket(7)):
 * when a modem is plugged in again, everything looks as before, and what was bound to the old
 * interface sends nothing more, without an error. Not thread-safe.
 */
final class InterfaceWatch {
  /** How often it looks: two small reads a second cost nothing. */
  static final Duration EVERY = Duration.ofMillis(500);

  private static final int ABSENT = -1;

  private final Host host;
  private final String name;
  private final boolean watching;
  private int number;
  private boolean everSeen;
  private Instant next;

  /**
   * @param name the interface; empty to watch none
   */
  InterfaceWatch(Host host, String name, Instant now) {
    this.host = host;
    this.name = name;
    this.watching = !name.isEmpty();
    this.number = watching ? read() : ABSENT;
    this.everSeen = number != ABSENT;
    this.next = now.plus(EVERY);
  }

  /**
   * Looks, if it is time.
   *
   * @return whether there is another interface of that name than before
   */
  boolean replaced(Instant now) {
    if (!watching || now.isBefore(next)) {
      return false;
    }
    next = now.plus(EVERY);
    int before = number;
    number = read();
    everSeen |= number != ABSENT;
    return number != before && number != ABSENT;
  }

  /** Says that the interface has gone; empty while it is there, and if it never was. */
  Optional<String> failure() {
    return everSeen && number == ABSENT
        ? Optional.of(
            "interface %s of %s has gone; probing goes on when it is back: ip link"
                .formatted(name, host.name()))
        : Optional.empty();
  }

  private int read() {
    try {
      return Integer.parseInt(host.read("/sys/class/net/" + name + "/ifindex").strip());
    } catch (HostException | NumberFormatException e) {
      return ABSENT;
    }
  }
}
