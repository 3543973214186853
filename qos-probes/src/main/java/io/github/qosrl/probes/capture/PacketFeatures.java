package io.github.qosrl.probes.capture;

import io.github.qosrl.core.Direction;
import java.util.Optional;

/**
 * What is known about one packet: enough for an agent that looks at traffic, and no payload.
 *
 * @param size bytes on the wire
 * @param protocol {@code tcp, udp, icmp} or {@code other}
 * @param portCategory the category of the service's port (RFC 6335, section 6)
 * @param direction where it goes, if that can be told
 * @param type its traffic type: that of its service, else by its port; {@code other} if unknown
 * @param service the service at the other end, if known; else empty
 * @param peer the address at the other end, or what stands for it when addresses are anonymised
 */
public record PacketFeatures(
    int size,
    String protocol,
    PortCategory portCategory,
    Optional<Direction> direction,
    String type,
    String service,
    String peer) {

  /** Ranges of port numbers (RFC 6335, section 6). */
  public enum PortCategory {
    /** 0 to 1023. */
    WELL_KNOWN,
    /** 1024 to 49151. */
    REGISTERED,
    /** 49152 to 65535. */
    DYNAMIC,
    /** The protocol has no ports, or the packet does not show them. */
    NONE;

    static PortCategory of(int port) {
      return port < 0 ? NONE : port < 1024 ? WELL_KNOWN : port < 49152 ? REGISTERED : DYNAMIC;
    }
  }
}
