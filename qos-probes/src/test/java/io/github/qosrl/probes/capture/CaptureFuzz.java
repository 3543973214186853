package io.github.qosrl.probes.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** What the fuzz run feeds to the parsers of captures. */
public final class CaptureFuzz {
  private static final int[] LINK_TYPES = {1, 101, 113, 276, 228, 229};

  private CaptureFuzz() {}

  public static byte[][] packets() {
    return new byte[][] {
      PcapFile.bytes(PcapFile.UDP4),
      PcapFile.bytes(PcapFile.UDP4_QINQ),
      PcapFile.bytes(PcapFile.TCP6_EXTENSIONS),
      PcapFile.bytes(PcapFile.FRAGMENT6),
      PcapFile.bytes(PcapFile.SLL_TCP4)
    };
  }

  public static byte[] file() {
    return PcapFile.of(
        ByteOrder.LITTLE_ENDIAN, false, 1, PcapFile.UDP4, PcapFile.UDP4_QINQ, PcapFile.UDP4);
  }

  public static void parsePacket(byte[] bytes) {
    for (int type : LINK_TYPES) {
      PacketHeader.parse(type, ByteBuffer.wrap(bytes));
    }
  }

  public static void readFile(byte[] bytes) {
    try {
      PcapReader reader = new PcapReader(new ByteArrayInputStream(bytes));
      Optional<PcapReader.Packet> packet = reader.next();
      while (packet.isPresent()) {
        PacketHeader.parse(reader.linkType(), packet.get().data());
        packet = reader.next();
      }
    } catch (IOException e) {
      // That is how it says that this is no capture, or a damaged one.
    }
  }
}
