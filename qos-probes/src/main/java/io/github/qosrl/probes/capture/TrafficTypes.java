package io.github.qosrl.probes.capture;

import java.util.Set;

/** The traffic type that a port number suggests (IANA Service Name and Port Number Registry). */
final class TrafficTypes {
  static final String OTHER = "other";
  static final String LAN = "lan";

  /** All types that {@link #ofPort} knows, {@link #LAN} and {@link #OTHER}. */
  static final Set<String> ALL = Set.of("dns", LAN, "iot", "video", "social", "dev", "web", OTHER);

  private TrafficTypes() {}

  /**
   * @param port the service's port; negative if there is none
   */
  static String ofPort(int port) {
    return switch (port) {
      case 53, 853, 5353 -> "dns";
      case 80, 443, 8080, 8443 -> "web";
      case 22, 873, 2375, 2376, 3306, 5432, 6379, 9418 -> "dev";
      case 1883, 5683, 5684, 8883, 8886 -> "iot";
      case 554, 1935, 3478, 3479, 5004, 5005, 8801, 19302 -> "video";
      case 137, 138, 139, 445, 548, 631, 1900, 2049 -> LAN;
      case 5222, 5223, 5228 -> "social";
      default -> OTHER;
    };
  }
}
