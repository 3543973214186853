package io.github.qosrl.core;

/** How closely a link is watched. */
public enum Pace {
  /** As closely as it is controlled: traffic may fill its queue at any moment. */
  FULL,
  /** Hardly anything has passed for a while: enough to see that the link still works, and how. */
  IDLE
}
