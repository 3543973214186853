package io.github.qosrl.probes.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes pcap files by hand: a hex dump per packet. */
final class PcapFile {
  /** Ethernet, IPv4, UDP from 192.168.1.50:40000 to 8.8.8.8:53, 4 bytes of payload. */
  static final String UDP4 =
      "020000000001 020000000002 0800"
          + "45000020 00004000 40110000 c0a80132 08080808"
          + "9c400035 000c0000 01020304";

  /** The same in a VLAN within a service VLAN (802.1ad). */
  static final String UDP4_QINQ =
      "020000000001 020000000002 88a80064 81000005 0800"
          + "45000020 00004000 40110000 c0a80132 08080808 9c400035 000c0000 01020304";

  /** Raw IPv6 with hop-by-hop and destination options, then TCP 443 to 50000. */
  static final String TCP6_EXTENSIONS =
      "60000000 00240040 20010db8000000000000000000000001 20010db8000000000000000000000002"
          + "3c00 000000000000" // Hop-by-hop, next: destination options.
          + "0600 000000000000" // Destination options, next: TCP.
          + "01bbc350 00000000 00000000 50000000 00000000";

  /** Raw IPv6, a later fragment of UDP. */
  static final String FRAGMENT6 =
      "60000000 00102c40 20010db8000000000000000000000001 20010db8000000000000000000000002"
          + "1100 0008 00000001 0102030405060708";

  /** Linux cooked v1, outgoing, IPv4 TCP 10.0.0.1:50000 to 10.0.0.2:22. */
  static final String SLL_TCP4 =
      "0004 0001 0006 0200000000010000 0800"
          + "45000028 00000000 40060000 0a000001 0a000002 c3500016 00000000 00000000 50000000 00000000";

  /** Linux cooked v2, received, IPv4 ICMP. */
  static final String SLL2_ICMP =
      "0800 0000 00000003 0001 00 06 0200000000010000"
          + "45000054 00000000 40010000 08080808 0a000001 08000000 00010001";

  private PcapFile() {}

  static byte[] bytes(String hex) {
    String digits = hex.replaceAll("\\s", "");
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  /** A file whose packets are 100 ms apart. */
  static byte[] of(ByteOrder order, boolean nanos, int linkType, String... packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(24).order(order);
    header.putInt(nanos ? 0xa1b23c4d : 0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
    header.putInt(0).putInt(0).putInt(262144).putInt(linkType);
    out.writeBytes(header.array());
    int i = 0;
    for (String packet : packets) {
      byte[] data = bytes(packet);
      int fraction = (i % 10) * (nanos ? 100_000_000 : 100_000);
      out.writeBytes(
          ByteBuffer.allocate(16)
              .order(order)
              .putInt(1_700_000_000 + i / 10)
              .putInt(fraction)
              .putInt(data.length)
              .putInt(data.length + 1000)
              .array());
      out.writeBytes(data);
      i++;
    }
    return out.toByteArray();
  }
}
