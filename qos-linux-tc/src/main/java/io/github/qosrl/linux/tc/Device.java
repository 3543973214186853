package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostFile;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A network interface that is there.
 *
 * @param name its name
 * @param index its number; another one after it was deleted and made again
 * @param mtu its largest packet in bytes
 */
record Device(String name, int index, int mtu) {
  /** The largest Ethernet frame around a packet of the MTU: header, VLAN tag, checksum. */
  private static final int FRAME_OVERHEAD = 22;

  // The kernel forbids '/' and white space, and 16 bytes or more; the rest would need quoting.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:@+=-]{1,15}");

  /** Whether the text can be an interface's name. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  /** Looks an interface up; empty if it is not there, or out of reach. Starts no process. */
  static Optional<Device> find(Host host, String name) {
    try {
      return Optional.of(read(host, name));
    } catch (HostException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads what an interface is.
   *
   * @throws HostException if it is not there, or the host is out of reach
   */
  static Device read(Host host, String name) throws HostException {
    String directory = "/sys/class/net/" + name;
    try {
      return new Device(
          name,
          Integer.parseInt(host.read(directory + "/ifindex").strip()),
          Integer.parseInt(host.read(directory + "/mtu").strip()));
    } catch (NumberFormatException e) {
      throw new HostException(
          HostException.Kind.FAILED, "%s on %s has no number".formatted(directory, host.name()), e);
    }
  }

  /** The file with an interface's number. */
  static HostFile indexFile(Host host, String name) {
    return host.file("/sys/class/net/" + name + "/ifindex");
  }

  /** The number in such a file; empty if the interface is not there, or out of reach. */
  static OptionalInt index(HostFile file) {
    try {
      return OptionalInt.of(Integer.parseInt(file.read().strip()));
    } catch (HostException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** Bytes of the largest frame. */
  int frame() {
    return mtu + FRAME_OVERHEAD;
  }
}
