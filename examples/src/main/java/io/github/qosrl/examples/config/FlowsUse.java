package io.github.qosrl.examples.config;

import io.github.qosrl.core.spi.Settings;
import java.util.Locale;

/** Whether the headers of the users' own TCP packets are read, to see each direction's queue. */
public enum FlowsUse {
  /** Where it is possible. */
  AUTO,
  /** No. */
  OFF,
  /** Yes; not to be able to is an error. */
  ON;

  /** Reads {@code flows}: for YAML, a bare {@code on} is {@code true}. */
  static FlowsUse read(Settings s) {
    return switch (s.text("flows", "auto").toLowerCase(Locale.ROOT)) {
      case "auto" -> AUTO;
      case "off", "false", "no" -> OFF;
      case "on", "true", "yes" -> ON;
      default -> {
        s.require(false, "flows", "auto, off or on");
        yield AUTO;
      }
    };
  }
}
