package io.github.qosrl.probes.packet;

/**
 * Finds the IP header of a packet behind its link layer, and what it says: Ethernet, VLAN tags
 * (802.1Q, 802.1ad), PPPoE sessions (RFC 2516), Linux cooked capture v1 and v2, raw IP; IPv4, and
 * IPv6 with its extension headers.
 *
 * <p>One object reads any number of packets, one after the other, and allocates nothing. Never
 * throws for what is in the packet, and looks at no payload. Not thread-safe.
 */
public final class IpHeader {
  /** Protocol numbers (IANA). */
  public static final int TCP = 6;

  public static final int UDP = 17;

  /** LINKTYPE_ values, tcpdump.org/linktypes.html. */
  public static final int ETHERNET = 1;

  public static final int RAW = 101;
  public static final int LINUX_SLL = 113;
  public static final int IPV4 = 228;
  public static final int IPV6 = 229;
  public static final int LINUX_SLL2 = 276;

  private static final int TYPE_IPV4 = 0x0800;
  private static final int TYPE_IPV6 = 0x86dd;
  private static final int TYPE_PPPOE = 0x8864;
  private static final int PPP_IPV4 = 0x0021;
  private static final int PPP_IPV6 = 0x0057;
  private static final int MAX_LAYERS = 5;
  private static final int MAX_EXTENSIONS = 8;

  private byte[] data = new byte[0];
  private int end;
  private int version;
  private int protocol;
  private int sourceAt;
  private int destinationAt;
  private int transportAt;
  private int transportLength;
  private int sent;

  /**
   * Reads a packet.
   *
   * @param linkType the LINKTYPE_ value of the capture
   * @param bytes what its first bytes are in; kept until the next packet, not copied
   * @param at where they begin
   * @param captured how many there are
   * @param length of the packet on the wire, from the same place on
   * @return whether it is IP, and there is enough of it to tell its protocol
   */
  public boolean parse(int linkType, byte[] bytes, int at, int captured, int length) {
    data = bytes;
    end = at + captured;
    sent = 0;
    int wireEnd = at + Math.max(length, captured);
    switch (linkType) {
      case ETHERNET:
        return has(at, 14) && layers(at + 14, Bytes.uint16(bytes, at + 12), wireEnd);
      case LINUX_SLL:
        if (!has(at, 16)) {
          return false;
        }
        sent = direction(Bytes.uint16(bytes, at));
        return layers(at + 16, Bytes.uint16(bytes, at + 14), wireEnd);
      case LINUX_SLL2:
        if (!has(at, 20)) {
          return false;
        }
        sent = direction(Bytes.uint8(bytes, at + 10));
        return layers(at + 20, Bytes.uint16(bytes, at), wireEnd);
      case RAW, 12, 14, IPV4, IPV6:
        return has(at, 1) && ip(at, bytes[at] >> 4 == 6 ? TYPE_IPV6 : TYPE_IPV4, wireEnd);
      default:
        return false;
    }
  }

  /** Cooked packet types (packet(7)): 4 is outgoing, 0 to 3 came in. */
  private static int direction(int packetType) {
    return packetType == 4 ? 2 : packetType <= 3 ? 1 : 0;
  }

  private boolean has(int at, int bytes) {
    return end - at >= bytes;
  }

  /** Goes through VLAN tags and PPPoE, in whatever order they come. */
  private boolean layers(int from, int firstType, int wireEnd) {
    int at = from;
    int type = firstType;
    for (int i = 0; i < MAX_LAYERS; i++) {
      if (type == TYPE_IPV4 || type == TYPE_IPV6) {
        return ip(at, type, wireEnd);
      } else if (isVlan(type) && has(at, 4)) {
        type = Bytes.uint16(data, at + 2);
        at += 4;
      } else if (type == TYPE_PPPOE && has(at, 8)) {
        int ppp = Bytes.uint16(data, at + 6);
        type = ppp == PPP_IPV4 ? TYPE_IPV4 : ppp == PPP_IPV6 ? TYPE_IPV6 : 0;
        at += 8;
      } else {
        return false;
      }
    }
    return false;
  }

  private static boolean isVlan(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100;
  }

  private boolean ip(int at, int type, int wireEnd) {
    if (!has(at, 20)) {
      return false;
    }
    int nibble = data[at] >> 4 & 0x0f;
    if (type == TYPE_IPV4 && nibble == 4) {
      return ipv4(at, wireEnd);
    }
    return type == TYPE_IPV6 && nibble == 6 && has(at, 40) && ipv6(at, wireEnd);
  }

  private boolean ipv4(int at, int wireEnd) {
    int headerLength = 4 * (data[at] & 0x0f);
    if (headerLength < 20) {
      return false;
    }
    version = 4;
    protocol = Bytes.uint8(data, at + 9);
    sourceAt = at + 12;
    destinationAt = at + 16;
    boolean laterFragment = (Bytes.uint16(data, at + 6) & 0x1fff) != 0;
    int total = Bytes.uint16(data, at + 2);
    // A packet that the network card will cut into many may be longer than the field can say.
    int ipEnd = total == 0 ? wireEnd : at + total;
    transport(laterFragment ? -1 : at + headerLength, Math.min(ipEnd, wireEnd));
    return true;
  }

  private boolean ipv6(int at, int wireEnd) {
    int next = Bytes.uint8(data, at + 6);
    int offset = at + 40;
    boolean laterFragment = false;
    for (int i = 0; i < MAX_EXTENSIONS && isExtension(next) && !laterFragment; i++) {
      if (!has(offset, 4)) {
        next = 59;
        break;
      }
      int bytes =
          switch (next) {
            case 44 -> 8; // Fragment (RFC 8200, section 4.5).
            case 51 -> 4 * (Bytes.uint8(data, offset + 1) + 2); // Authentication (RFC 4302).
            default -> 8 * (Bytes.uint8(data, offset + 1) + 1);
          };
      laterFragment = next == 44 && (Bytes.uint16(data, offset + 2) & 0xfff8) != 0;
      next = Bytes.uint8(data, offset);
      offset += bytes;
    }
    version = 6;
    protocol = next;
    sourceAt = at + 8;
    destinationAt = at + 24;
    int payload = Bytes.uint16(data, at + 4);
    int ipEnd = payload == 0 ? wireEnd : at + 40 + payload;
    transport(laterFragment ? -1 : offset, Math.min(ipEnd, wireEnd));
    return true;
  }

  /**
   * Hop-by-hop, routing, fragment, authentication, destination options, mobility (RFC 8200, 4.1).
   */
  private static boolean isExtension(int next) {
    return next == 0 || next == 43 || next == 44 || next == 51 || next == 60 || next == 135;
  }

  private void transport(int at, int ipEnd) {
    transportAt = at >= 0 && at <= end && at <= ipEnd ? at : -1;
    transportLength = transportAt < 0 ? 0 : ipEnd - transportAt;
  }

  /** What the packet's bytes are in. */
  public byte[] data() {
    return data;
  }

  /** Where the bytes that were captured end. */
  public int end() {
    return end;
  }

  /** 4 or 6. */
  public int version() {
    return version;
  }

  /** The protocol number: {@link #TCP}, {@link #UDP} (IANA Protocol Numbers). */
  public int protocol() {
    return protocol;
  }

  /** Where the source address is: 4 or 16 bytes. */
  public int sourceAt() {
    return sourceAt;
  }

  /** Where the destination address is: 4 or 16 bytes. */
  public int destinationAt() {
    return destinationAt;
  }

  /** Where the header of TCP or UDP begins; -1 in later fragments, and where it was cut off. */
  public int transportAt() {
    return transportAt;
  }

  /** Bytes from there to the end of the IP packet, as it is on the wire. */
  public int transportLength() {
    return transportLength;
  }

  /** What Linux cooked capture says of the direction: 0 unknown, 1 received, 2 sent. */
  public int sent() {
    return sent;
  }

  /** The source port of TCP and UDP; -1 for others, and where it is not to be seen. */
  public int sourcePort() {
    return hasPorts() ? Bytes.uint16(data, transportAt) : -1;
  }

  /** The destination port of TCP and UDP; -1 for others, and where it is not to be seen. */
  public int destinationPort() {
    return hasPorts() ? Bytes.uint16(data, transportAt + 2) : -1;
  }

  private boolean hasPorts() {
    return (protocol == TCP || protocol == UDP) && transportAt >= 0 && has(transportAt, 4);
  }

  /** Eight bytes from there on, as a number. */
  public long int64(int at) {
    return Bytes.int64(data, at);
  }

  /** Four bytes from there on, as a number. */
  public int int32(int at) {
    return Bytes.int32(data, at);
  }
}
