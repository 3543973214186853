package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way to limit what leaves an interface: writes the commands and recognises their effect. Pure.
 *
 * <p>Commands come without the word {@code tc}, one line each.
 */
interface Discipline {
  /**
   * The handle of every root qdisc of ours. A handle below 8000: is never given by the kernel
   * itself; this one is unlikely to be anybody else's choice.
   */
  String HANDLE = "905:";

  /** The kind of the root qdisc. */
  String kind();

  /** Takes the root by an exclusive {@code add}; fails if somebody's qdisc is there. */
  String claim(Device device, Limit limit);

  /** What makes the limit complete once the root is ours. */
  List<String> build(Device device, Limit limit);

  /** Sets a limit in place; as many commands for any limit, in the same order. */
  List<String> set(Device device, Limit limit);

  /** Those commands of {@link #set} that turn one limit into another. */
  default List<String> change(Device device, Limit from, Limit to) {
    List<String> before = set(device, from);
    List<String> after = set(device, to);
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      if (!after.get(i).equals(before.get(i))) {
        changed.add(after.get(i));
      }
    }
    return changed;
  }

  /** Reads what {@link #difference} needs. */
  List<String> reads(String device);

  /** In what the interface differs from the limit; empty if the limit is in force. */
  Optional<String> difference(InterfaceState seen, Limit wanted);

  /** Whether the plan may name these traffic classes. */
  default List<String> classNames() {
    return List.of();
  }

  /** Removes the root qdisc if it is ours, and all below it. */
  static String release(String device) {
    return "qdisc del dev %s root handle %s".formatted(device, HANDLE);
  }

  static String showQdiscs(String device) {
    return "qdisc show dev " + device;
  }

  static String showClasses(String device) {
    return "class show dev " + device;
  }

  /** In what the root differs from ours. */
  static Optional<String> rootDifference(InterfaceState seen, String kind) {
    QdiscState root = seen.root().orElse(null);
    if (root == null) {
      return Optional.of("it has no root qdisc");
    }
    if (root.handle().equals(HANDLE) && root.kind().equals(kind)) {
      return Optional.empty();
    }
    return Optional.of(
        root.isConfigured() ? "its root qdisc is " + root : "its root qdisc was removed");
  }

  /** Whether a rate that tc shows is the one that was set; plain text has four digits. */
  static boolean same(double shownBits, BitRate set) {
    double setBits = (double) set.bitsPerSecond();
    return Math.abs(shownBits - setBits) <= 8 + setBits / 1000;
  }
}
