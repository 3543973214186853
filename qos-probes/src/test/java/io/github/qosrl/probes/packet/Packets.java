package io.github.qosrl.probes.packet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes TCP packets, behind any link layer, and pcap streams of them. */
public final class Packets {
  /** A link layer: its LINKTYPE_ value, and what stands before the IP header. */
  public enum Link {
    ETHERNET(1, "", ""),
    VLAN(1, "81000007", ""),
    QINQ(1, "88a80064 81000005", ""),
    PPPOE(1, "", "1100 0001 0000"),
    PPPOE_IN_VLAN(1, "81000007", "1100 0001 0000"),
    SLL(113, "", ""),
    SLL2(276, "", ""),
    RAW(101, "", "");

    public final int linkType;
    private final byte[] tags;
    private final byte[] pppoe;

    Link(int linkType, String tags, String pppoe) {
      this.linkType = linkType;
      this.tags = bytes(tags);
      this.pppoe = bytes(pppoe);
    }

    private byte[] before(boolean v6) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] type = bytes(pppoe.length > 0 ? "8864" : v6 ? "86dd" : "0800");
      switch (this) {
        case RAW -> {}
        case SLL ->
            out.writeBytes(bytes("0000 0001 0006 0200000000010000" + (v6 ? "86dd" : "0800")));
        case SLL2 ->
            out.writeBytes(
                bytes((v6 ? "86dd" : "0800") + "0000 00000003 0001 00 06 0200000000010000"));
        default -> {
          out.writeBytes(bytes("020000000001 020000000002"));
          out.writeBytes(tags);
          out.writeBytes(type);
          out.writeBytes(pppoe);
          out.writeBytes(pppoe.length == 0 ? new byte[0] : bytes(v6 ? "0057" : "0021"));
        }
      }
      return out.toByteArray();
    }
  }

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final Link link;
  private final boolean v6;
  private final boolean extended;

  public Packets(Link link, boolean v6) {
    this(link, v6, false);
  }

  /**
   * @param extended whether IPv6 headers have extensions
   */
  public Packets(Link link, boolean v6, boolean extended) {
    this.link = link;
    this.v6 = v6;
    this.extended = extended;
    stream.writeBytes(
        ByteBuffer.allocate(24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0xa1b23c4d)
            .putShort((short) 2)
            .putShort((short) 4)
            .putInt(0)
            .putInt(0)
            .putInt(136)
            .putInt(link.linkType)
            .array());
  }

  /** A TCP segment; options may be empty. */
  public record Segment(
      boolean sent, int flow, int sequence, int ack, int flags, byte[] options, int payload) {}

  /** TCP options with a timestamp, and blocks if there are any. */
  public static byte[] options(boolean stamped, int timestamp, int... sackEdges) {
    int sack = sackEdges.length == 0 ? 0 : 4 + 4 * sackEdges.length;
    ByteBuffer options = ByteBuffer.allocate((stamped ? 12 : 0) + sack);
    if (stamped) {
      options.putInt(0x0101080a).putInt(timestamp).putInt(0);
    }
    if (sack > 0) {
      options.putShort((short) 0x0101).put((byte) 5).put((byte) (sack - 2));
      for (int edge : sackEdges) {
        options.putInt(edge);
      }
    }
    return options.array();
  }

  /** Adds a packet to the stream; returns it. */
  public byte[] add(long nanos, Segment s) {
    byte[] packet = packet(s);
    int captured = Math.min(136, packet.length);
    stream.writeBytes(
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) (nanos / 1_000_000_000L))
            .putInt((int) (nanos % 1_000_000_000L))
            .putInt(captured)
            .putInt(packet.length)
            .array());
    stream.write(packet, 0, captured);
    return packet;
  }

  private byte[] packet(Segment s) {
    byte[] before = link.before(v6);
    int tcp = 20 + s.options().length;
    int extensions = v6 && extended ? 16 : 0;
    ByteBuffer b =
        ByteBuffer.allocate(before.length + (v6 ? 40 : 20) + extensions + tcp + s.payload());
    b.put(before);
    int local = 0x0a000001;
    int remote = 0xc6336400 + (s.flow() >> 12 & 0xff);
    if (v6) {
      b.putInt(0x60000000).putShort((short) (extensions + tcp + s.payload()));
      b.put((byte) (extended ? 0 : 6)).put((byte) 64);
      v6Address(b, s.sent() ? local : remote);
      v6Address(b, s.sent() ? remote : local);
      if (extended) {
        b.put(bytes("3c00 000000000000 0600 000000000000"));
      }
    } else {
      b.putShort((short) 0x4500).putShort((short) (20 + tcp + s.payload())).putInt(0);
      b.put((byte) 64).put((byte) 6).putShort((short) 0);
      b.putInt(s.sent() ? local : remote).putInt(s.sent() ? remote : local);
    }
    short port = (short) (40000 + (s.flow() & 0xfff));
    b.putShort(s.sent() ? port : 443).putShort(s.sent() ? 443 : port);
    b.putInt(s.sequence()).putInt(s.ack());
    b.put((byte) (tcp << 2)).put((byte) s.flags()).putShort((short) 500).putInt(0);
    b.put(s.options());
    return b.array();
  }

  private static void v6Address(ByteBuffer b, int address) {
    b.putInt(0x20010db8).putInt(0).putInt(0).putInt(address);
  }

  /** The stream so far. */
  public byte[] stream() {
    return stream.toByteArray();
  }

  /** Forgets the records so far, and not the head of the stream. */
  public byte[] take() {
    byte[] all = stream.toByteArray();
    stream.reset();
    return all;
  }

  public static byte[] bytes(String hex) {
    String digits = hex.replaceAll("\\s", "");
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }
}
