package io.github.qosrl.probes.capture;

import io.github.qosrl.probes.packet.IpHeader;
import io.github.qosrl.probes.packet.PcapCursor;
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

  static final int TCP = IpHeader.TCP;
  static final int UDP = IpHeader.UDP;

  /**
   * Takes a packet's headers out of what was captured.
   *
   * @param linkType the LINKTYPE_ value of the capture
   * @param data its first bytes, from position 0 to the limit
   * @return empty if it is not IP, or too short to tell
   */
  static Optional<PacketHeader> parse(int linkType, ByteBuffer data) {
    return parse(linkType, data.array(), data.arrayOffset(), data.limit());
  }

  /**
   * The same of a record of a capture.
   *
   * @return empty if it is not IP, or too short to tell
   */
  static Optional<PacketHeader> of(PcapCursor record) {
    return parse(record.linkType(), record.data(), record.at(), record.captured());
  }

  private static Optional<PacketHeader> parse(int linkType, byte[] data, int at, int captured) {
    IpHeader ip = new IpHeader();
    return ip.parse(linkType, data, at, captured, Integer.MAX_VALUE - at)
        ? Optional.of(
            new PacketHeader(
                ip.protocol(),
                address(ip, ip.sourceAt()),
                address(ip, ip.destinationAt()),
                ip.sourcePort(),
                ip.destinationPort(),
                ip.sent()))
        : Optional.empty();
  }

  private static byte[] address(IpHeader ip, int at) {
    return Arrays.copyOfRange(ip.data(), at, at + (ip.version() == 4 ? 4 : 16));
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
