package io.github.qosrl.core;

/** Whether echoes (pings) show the users' queues. */
public enum EchoSight {
  /** As far as known, they do. */
  SEES,
  /** Nobody answers. */
  SILENT,
  /** Most targets contradict each other. */
  CONTRADICTORY,
  /** They do not move although the users' packets are seen to wait: they have a queue apart. */
  BLIND;

  /** As it stands in logs. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
