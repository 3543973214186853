package io.github.qosrl.probes.capture;

import io.github.qosrl.probes.packet.PcapCursor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

  /** A file of two packets, 100 ms apart. */
  public static byte[] twoPackets(ByteOrder order, boolean nanos) {
    return PcapFile.of(order, nanos, 1, PcapFile.UDP4, PcapFile.UDP4);
  }

  public static void parsePacket(byte[] bytes) {
    for (int type : LINK_TYPES) {
      PacketHeader.parse(type, ByteBuffer.wrap(bytes));
    }
  }

  public static void readFile(byte[] bytes) {
    try {
      PcapCursor records = new PcapCursor();
      InputStream in = new ByteArrayInputStream(bytes);
      while (records.fill(in) > 0) {
        while (records.next()) {
          PacketHeader.of(records);
        }
      }
    } catch (IOException e) {
      // That is how it says that this is no capture, or a damaged one.
    }
  }
}
