package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.probes.packet.Packets;
import io.github.qosrl.probes.packet.Packets.Link;
import io.github.qosrl.probes.packet.Packets.Segment;
import io.github.qosrl.probes.packet.PcapCursor;
import io.github.qosrl.probes.packet.TcpHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the fuzz run feeds to the flow meter: records of a capture that never ends. */
public final class FlowFuzz {
  private static final int WINDOW = 1000;
  private static final Direction[] DIRECTIONS = Direction.values();

  private final FlowMeter meter = new FlowMeter();
  private final PcapCursor records = new PcapCursor();
  private long nanos = 1_700_000_000_000_000_000L;
  private int count;

  public FlowFuzz(int linkType) {
    ByteBuffer head = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(0xa1b23c4d).putInt(0x00040002).putLong(0).putInt(136).putInt(linkType);
    records.fill(head.array(), 0, 24);
  }

  /** Packets to be mutated, all of Ethernet. */
  public static List<byte[]> packets() {
    List<byte[]> packets = new ArrayList<>();
    for (Link link : List.of(Link.ETHERNET, Link.QINQ, Link.PPPOE_IN_VLAN)) {
      for (boolean v6 : new boolean[] {false, true}) {
        for (boolean sent : new boolean[] {false, true}) {
          byte[] options = Packets.options(true, 5_000, 90_000, 95_000, 99_000, 99_500);
          Segment segment = new Segment(sent, 3, 70_000, 80_000, TcpHeader.ACK, options, 20);
          packets.add(new Packets(link, v6, v6).add(0, segment));
        }
      }
    }
    return packets;
  }

  /** Looks at a packet; now and then ends a window, whose metrics must be possible values. */
  public void packet(byte[] bytes) {
    nanos += 100_000;
    ByteBuffer record = ByteBuffer.allocate(16 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt((int) (nanos / 1_000_000_000L)).putInt((int) (nanos % 1_000_000_000L));
    record.putInt(bytes.length).putInt(bytes.length).put(bytes);
    records.fill(record.array(), 0, record.capacity());
    try {
      while (records.next()) {
        meter.add(records, DIRECTIONS[count & 1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (++count % WINDOW == 0) {
      Measurement.Builder m = Measurement.builder(Instant.EPOCH, Instant.EPOCH.plusMillis(100));
      meter.take(m, 0.1);
      m.build();
    }
  }

  public int flows() {
    return meter.flows();
  }
}
