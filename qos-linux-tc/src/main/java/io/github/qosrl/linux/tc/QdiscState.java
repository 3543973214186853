package io.github.qosrl.linux.tc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A qdisc as the kernel shows it.
 *
 * @param kind for example {@code tbf}
 * @param handle for example {@code 905:}; {@code 0:} for one that the kernel put there by itself
 * @param parent the class it is attached to; {@code root} at the root
 * @param options its parameters, named and scaled as {@code tc} does in JSON
 * @param counters what it counted
 * @param tins what each of CAKE's tins counted, in CAKE's order; empty for other kinds
 */
record QdiscState(
    String kind,
    String handle,
    String parent,
    JsonNode options,
    Counters counters,
    List<Counters> tins) {

  static final String ROOT = "root";

  QdiscState {
    tins = List.copyOf(tins);
  }

  boolean isRoot() {
    return parent.equals(ROOT);
  }

  boolean isIngress() {
    return parent.equals("ffff:fff1");
  }

  /** Whether somebody put it there, rather than the kernel by itself. */
  boolean isConfigured() {
    return !handle.equals("0:");
  }

  /** For messages, for example {@code tbf 8001:}. */
  @Override
  public String toString() {
    return kind + " " + handle;
  }
}
