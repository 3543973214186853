package io.github.qosrl.core;

import java.util.Locale;

/** One of the two directions in which a link carries traffic, seen from the user's side. */
public enum Direction {
  /** From the network towards the user. */
  DOWNLOAD,
  /** From the user towards the network. */
  UPLOAD;

  /** The lower-case name, as metrics, logs and configuration files write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
