package io.github.qosrl.core;

/** Who holds a direction back. */
public enum LimitingFactor {
  /** The senders: neither delay nor throughput says anything about the link. */
  APPLICATION,
  /** Our limit: packets wait in our shaper, no faster than it lets them through. */
  SHAPER,
  /** Nobody: a queue in our shaper drains under a limit that exceeds what arrives. */
  DRAINING,
  /** The link: its queue stands. */
  LINK,
  /** Not known. */
  UNKNOWN;

  /** As it stands in logs: {@code application}, {@code shaper}, … */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
