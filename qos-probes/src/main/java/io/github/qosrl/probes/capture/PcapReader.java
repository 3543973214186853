package io.github.qosrl.probes.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads a stream in the classic pcap format (draft-ietf-opsawg-pcap; both byte orders, microseconds
 * or nanoseconds). Not pcapng: {@code tcpdump -w} writes the classic one.
 *
 * <p>Keeps one packet of at most {@value #MAX_CAPTURED} bytes; what a record has beyond that is
 * skipped. Not thread-safe.
 */
final class PcapReader {
  static final int MAX_CAPTURED = 262_144;
  private static final int KEPT = 256;
  private static final int MICROS = 0xa1b2c3d4;
  private static final int NANOS = 0xa1b23c4d;
  private static final int PCAPNG = 0x0a0d0d0a;

  /**
   * One record.
   *
   * @param seconds when it was captured, since 1970
   * @param nanos the rest of that, 0 to 999,999,999
   * @param length the packet's length on the wire
   * @param data its first bytes, from the link layer on; valid until the next record is read
   */
  record Packet(long seconds, int nanos, int length, ByteBuffer data) {}

  private final InputStream in;
  private final ByteBuffer header = ByteBuffer.allocate(24);
  private final byte[] kept = new byte[KEPT];
  private final boolean nanosecond;
  private final int linkType;

  /**
   * Reads the file header.
   *
   * @throws IOException if the stream is not pcap; the message says what it is
   */
  PcapReader(InputStream in) throws IOException {
    this.in = in;
    if (!fill(24)) {
      throw new EOFException("no pcap header: the stream is empty");
    }
    header.order(ByteOrder.BIG_ENDIAN);
    int magic = header.getInt(0);
    if (magic == PCAPNG) {
      throw new IOException(
          "this is pcapng, not pcap; to fix: convert it: tcpdump -r FILE -w NEW-FILE");
    }
    if (magic != MICROS && magic != NANOS) {
      header.order(ByteOrder.LITTLE_ENDIAN);
      magic = header.getInt(0);
    }
    if (magic != MICROS && magic != NANOS) {
      throw new IOException("this is not a pcap file: it starts with 0x%08x".formatted(magic));
    }
    this.nanosecond = magic == NANOS;
    this.linkType = header.getInt(20) & 0xffff;
  }

  /** The type of the link layer (LINKTYPE_ values of tcpdump.org). */
  int linkType() {
    return linkType;
  }

  /**
   * Reads the next record.
   *
   * @return empty at the end of the stream, or where it was cut off in the middle of a record
   * @throws IOException if the record is damaged, so that what follows cannot be found
   */
  Optional<Packet> next() throws IOException {
    if (!fill(16)) {
      return Optional.empty();
    }
    long seconds = header.getInt(0) & 0xffff_ffffL;
    long fraction = header.getInt(4) & 0xffff_ffffL;
    int captured = header.getInt(8);
    int length = header.getInt(12);
    if (captured < 0 || captured > MAX_CAPTURED || length < 0) {
      throw new IOException(
          "damaged pcap record: %d bytes captured of %d".formatted(captured, length));
    }
    int n = Math.min(captured, KEPT);
    if (in.readNBytes(kept, 0, n) < n) {
      return Optional.empty();
    }
    try {
      in.skipNBytes(captured - n);
    } catch (EOFException e) {
      return Optional.empty();
    }
    long nanos = Math.min(999_999_999L, nanosecond ? fraction : fraction * 1000);
    return Optional.of(
        new Packet(seconds, (int) nanos, Math.max(length, captured), ByteBuffer.wrap(kept, 0, n)));
  }

  private boolean fill(int bytes) throws IOException {
    header.clear();
    return in.readNBytes(header.array(), 0, bytes) == bytes;
  }
}
