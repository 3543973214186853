package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.probes.packet.Packets;
import io.github.qosrl.probes.packet.Packets.Link;
import io.github.qosrl.probes.packet.Packets.Segment;
import io.github.qosrl.probes.packet.PcapCursor;
import io.github.qosrl.probes.packet.TcpHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Packets of some flows, in virtual time, before a meter. */
final class FlowScene {
  static final long MS = 1_000_000;
  static final long SECOND = 1000 * MS;
  static final long START = 1_700_000_000L * SECOND;
  static final int SEGMENT = 1448;

  final FlowMeter meter = new FlowMeter();
  private final Packets received;
  private final Packets sent;
  private final PcapCursor receivedRecords = new PcapCursor();
  private final PcapCursor sentRecords = new PcapCursor();
  private long windowFrom = START;

  FlowScene() {
    this(Link.ETHERNET, false);
  }

  FlowScene(Link link, boolean v6) {
    received = new Packets(link, v6);
    sent = new Packets(link, v6);
  }

  /** A sender's clock. */
  record Clock(double tick, double drift, int offset) {
    static final Clock LINUX = new Clock(1 * MS, 0, 123_456_789);

    /** What it shows at that time. */
    int at(long time) {
      return (int) (long) ((time - START) * (1 - drift) / tick) + offset;
    }
  }

  /** Data comes in that was sent by a clock. */
  void download(long sentAt, long arrivesAt, int flow, int sequence, Clock clock) {
    stamped(arrivesAt, flow, sequence, clock.at(sentAt), SEGMENT);
  }

  /** A packet with that timestamp comes in. */
  void stamped(long time, int flow, int sequence, int timestamp, int payload) {
    byte[] options = Packets.options(true, timestamp);
    add(time, new Segment(false, flow, sequence, 1, TcpHeader.ACK, options, payload));
  }

  /** Data goes out. */
  void upload(long time, int flow, int sequence, int payload) {
    byte[] options = Packets.options(true, 1);
    add(time, new Segment(true, flow, sequence, 1, TcpHeader.ACK, options, payload));
  }

  /** An acknowledgement comes in, without timestamps. */
  void ack(long time, int flow, int ack, int... sackEdges) {
    byte[] options = Packets.options(false, 0, sackEdges);
    add(time, new Segment(false, flow, 1, ack, TcpHeader.ACK, options, 0));
  }

  /** An acknowledgement comes in that was sent by a clock. */
  void ack(long sentAt, long arrivesAt, int flow, int ack, Clock clock) {
    byte[] options = Packets.options(true, clock.at(sentAt));
    add(arrivesAt, new Segment(false, flow, 1, ack, TcpHeader.ACK, options, 0));
  }

  void add(long time, Segment segment) {
    Packets packets = segment.sent() ? sent : received;
    PcapCursor records = segment.sent() ? sentRecords : receivedRecords;
    packets.add(time, segment);
    try {
      records.fill(new ByteArrayInputStream(packets.take()));
      while (records.next()) {
        meter.add(records, segment.sent() ? Direction.UPLOAD : Direction.DOWNLOAD);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the window at that time. */
  Measurement take(long time) {
    Measurement.Builder m =
        Measurement.builder(Instant.ofEpochSecond(0, windowFrom), Instant.ofEpochSecond(0, time));
    meter.take(m, (time - windowFrom) * 1e-9);
    windowFrom = time;
    return m.build();
  }

  static double get(Measurement m, Metric metric, Direction direction) {
    return m.get(metric.in(direction))
        .orElseThrow(() -> new AssertionError(metric.in(direction) + " is not in " + m));
  }
}
