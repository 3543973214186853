package io.github.qosrl.probes.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the headers of a packet say. Parsing is pure, never throws, and looks at no payload.
 *
 * @param protocol the IP protocol number: 6 TCP, 17 UDP (IANA Protocol Numbers)
 * @param source source address, 4 or 16 bytes; not copied
 * @param destination destination address, 4 or 16 bytes; not copied
 * @param sourcePort of TCP and UDP; -1 for others and for later fragments
 * @param destinationPort of TCP and UDP; -1 for others and for later fragments
 * @param incoming what Linux cooked capture says of the direction; 0 unknown, 1 received, 2 sent
 */
record PacketHeader(
    int protocol,
    byte[] source,
    byte[] destination,
    int sourcePort,
    int destinationPort,
    int incoming) {

  static final int TCP = 6;
  static final int UDP = 17;

  // LINKTYPE_ values, tcpdump.org/linktypes.html.
  static final int ETHERNET = 1;
  static final int RAW = 101;
  static final int LINUX_SLL = 113;
  static final int IPV4 = 228;
  static final int IPV6 = 229;
  static final int LINUX_SLL2 = 276;

  private static final int MAX_TAGS = 4;
  private static final int MAX_EXTENSIONS = 8;

  /**
   * Reads a packet.
   *
   * @param linkType the LINKTYPE_ value of the capture
   * @param data its first bytes, from position 0 to the limit
   * @return empty if it is not IP, or too short to tell
   */
  static Optional<PacketHeader> parse(int linkType, ByteBuffer data) {
    try {
      return switch (linkType) {
        case ETHERNET -> ethernet(data);
        case LINUX_SLL -> ip(data, 16, etherType(data, 14), direction(data.getShort(0)));
        case LINUX_SLL2 -> ip(data, 20, etherType(data, 0), direction(data.get(10)));
        case RAW, 12, 14, IPV4, IPV6 -> ip(data, 0, versionType(data), 0);
        default -> Optional.empty();
      };
    } catch (IndexOutOfBoundsException e) {
      // Cut off within a header.
      return Optional.empty();
    }
  }

  /** Cooked packet types (packet(7)): 4 is outgoing, 0 to 3 came in. */
  private static int direction(int packetType) {
    return packetType == 4 ? 2 : packetType >= 0 && packetType <= 3 ? 1 : 0;
  }

  private static Optional<PacketHeader> ethernet(ByteBuffer data) {
    int at = 12;
    int type = etherType(data, at);
    for (int tags = 0; isVlan(type) && tags < MAX_TAGS; tags++) {
      at += 4;
      type = etherType(data, at);
    }
    return ip(data, at + 2, type, 0);
  }

  private static boolean isVlan(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100;
  }

  private static int etherType(ByteBuffer data, int at) {
    return (data.get(at) & 0xff) << 8 | data.get(at + 1) & 0xff;
  }

  private static int versionType(ByteBuffer data) {
    return (data.get(0) & 0xf0) == 0x60 ? 0x86dd : 0x0800;
  }

  private static Optional<PacketHeader> ip(ByteBuffer data, int at, int type, int direction) {
    int version = type == 0x0800 || type == 0x86dd ? (data.get(at) & 0xf0) >> 4 : 0;
    if (type == 0x0800 && version == 4) {
      return ipv4(data, at, direction);
    }
    return type == 0x86dd && version == 6 ? ipv6(data, at, direction) : Optional.empty();
  }

  private static Optional<PacketHeader> ipv4(ByteBuffer data, int at, int direction) {
    int headerLength = 4 * (data.get(at) & 0x0f);
    if (headerLength < 20) {
      return Optional.empty();
    }
    boolean laterFragment = (etherType(data, at + 6) & 0x1fff) != 0;
    int protocol = data.get(at + 9) & 0xff;
    byte[] source = bytes(data, at + 12, 4);
    byte[] destination = bytes(data, at + 16, 4);
    return Optional.of(
        ports(data, at + headerLength, protocol, laterFragment, source, destination, direction));
  }

  private static Optional<PacketHeader> ipv6(ByteBuffer data, int at, int direction) {
    byte[] source = bytes(data, at + 8, 16);
    byte[] destination = bytes(data, at + 24, 16);
    int next = data.get(at + 6) & 0xff;
    int offset = at + 40;
    boolean laterFragment = false;
    for (int i = 0; i < MAX_EXTENSIONS && isExtension(next) && !laterFragment; i++) {
      if (offset + 4 > data.limit()) {
        next = 59;
        break;
      }
      int length =
          switch (next) {
            case 44 -> 8; // Fragment (RFC 8200, section 4.5).
            case 51 -> 4 * ((data.get(offset + 1) & 0xff) + 2); // Authentication (RFC 4302).
            default -> 8 * ((data.get(offset + 1) & 0xff) + 1);
          };
      laterFragment = next == 44 && (etherType(data, offset + 2) & 0xfff8) != 0;
      next = data.get(offset) & 0xff;
      offset += length;
    }
    return Optional.of(ports(data, offset, next, laterFragment, source, destination, direction));
  }

  /**
   * Hop-by-hop, routing, fragment, authentication, destination options, mobility (RFC 8200, 4.1).
   */
  private static boolean isExtension(int next) {
    return next == 0 || next == 43 || next == 44 || next == 51 || next == 60 || next == 135;
  }

  private static PacketHeader ports(
      ByteBuffer data,
      int at,
      int protocol,
      boolean laterFragment,
      byte[] source,
      byte[] destination,
      int direction) {
    boolean hasPorts =
        (protocol == TCP || protocol == UDP) && !laterFragment && at + 4 <= data.limit();
    return new PacketHeader(
        protocol,
        source,
        destination,
        hasPorts ? etherType(data, at) : -1,
        hasPorts ? etherType(data, at + 2) : -1,
        direction);
  }

  private static byte[] bytes(ByteBuffer data, int at, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = data.get(at + i);
    }
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PacketHeader p
        && protocol == p.protocol
        && Arrays.equals(source, p.source)
        && Arrays.equals(destination, p.destination)
        && sourcePort == p.sourcePort
        && destinationPort == p.destinationPort
        && incoming == p.incoming;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(source) + Arrays.hashCode(destination);
  }
}
