package io.github.qosrl.probes.capture;

import io.github.qosrl.core.Direction;
import io.github.qosrl.probes.capture.PacketFeatures.PortCategory;
import io.github.qosrl.probes.capture.ServiceTable.Service;
import java.util.Optional;

/** Turns packet headers into features. Thread-safe if its parts are. */
final class PacketClassifier {
  private final LocalAddresses local;
  private final Addresses addresses;
  private final ServiceNames services;
  private final Direction sent;

  /**
   * @param sent the direction of what the interface sends
   */
  PacketClassifier(
      LocalAddresses local, Addresses addresses, ServiceNames services, Direction sent) {
    this.local = local;
    this.addresses = addresses;
    this.services = services;
    this.sent = sent;
  }

  PacketFeatures classify(PacketHeader header, int size) {
    Optional<Boolean> outgoing = outgoing(header);
    // Without a direction, the service is at the lower port.
    boolean peerIsDestination = outgoing.orElse(header.destinationPort() <= header.sourcePort());
    byte[] peer = peerIsDestination ? header.destination() : header.source();
    int port = servicePort(header);
    boolean within =
        Addresses.isPrivate(header.source()) && Addresses.isPrivate(header.destination());
    Optional<Service> service =
        Addresses.isPrivate(peer) ? Optional.empty() : services.find(Addresses.text(peer));
    String byPort = TrafficTypes.ofPort(port);
    String type =
        service
            .map(Service::type)
            .orElse(byPort.equals(TrafficTypes.OTHER) && within ? TrafficTypes.LAN : byPort);
    return new PacketFeatures(
        size,
        protocol(header.protocol()),
        PortCategory.of(port),
        outgoing.map(out -> out ? sent : opposite(sent)),
        type,
        service.map(Service::service).orElse(""),
        addresses.shown(peer));
  }

  /** A service listens at the lower of the two ports, as a rule. */
  private static int servicePort(PacketHeader header) {
    return Math.min(header.sourcePort(), header.destinationPort());
  }

  private Optional<Boolean> outgoing(PacketHeader header) {
    boolean from = local.contains(header.source());
    boolean to = local.contains(header.destination());
    if (from != to) {
      return Optional.of(from);
    }
    if (!from) {
      local.doubt();
    }
    if (header.incoming() != 0) {
      return Optional.of(header.incoming() == 2);
    }
    boolean privateSource = Addresses.isPrivate(header.source());
    boolean privateDestination = Addresses.isPrivate(header.destination());
    if (privateSource == privateDestination) {
      return Optional.empty();
    }
    // Behind the LAN side, users have the private addresses; what they send comes in there.
    return Optional.of(privateSource == (sent == Direction.UPLOAD));
  }

  private static Direction opposite(Direction direction) {
    return direction == Direction.UPLOAD ? Direction.DOWNLOAD : Direction.UPLOAD;
  }

  private static String protocol(int number) {
    return switch (number) {
      case PacketHeader.TCP -> "tcp";
      case PacketHeader.UDP -> "udp";
      case 1, 58 -> "icmp";
      default -> "other";
    };
  }
}
