package io.github.qosrl.probes.packet;

import java.io.IOException;
import java.io.InputStream;

/**
 * Walks over the records of a stream in the classic pcap format (draft-ietf-opsawg-pcap; both byte
 * orders, microseconds or nanoseconds) as its bytes come in. Not pcapng: {@code tcpdump -w} writes
 * the classic one.
 *
 * <p>Holds {@value #CAPACITY} bytes of the stream. Of a record, the first {@value #KEPT} bytes are
 * seen at most; what it has beyond is skipped. Allocates nothing after it was made. Not
 * thread-safe.
 */
public final class PcapCursor {
  /** Bytes of the longest record that is no damage. */
  public static final int MAX_CAPTURED = 262_144;

  private static final int CAPACITY = 65_536;
  private static final int KEPT = 256;
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int MICROS = 0xa1b2c3d4;
  private static final int NANOS = 0xa1b23c4d;
  private static final int PCAPNG = 0x0a0d0d0a;

  private final byte[] buffer = new byte[CAPACITY];
  private int position;
  private int limit;

  /** Bytes of the last record that are still to come, and wanted by nobody. */
  private int beyond;

  private boolean begun;
  private boolean bigEndian;
  private boolean nanosecond;
  private int linkType = -1;
  private long time;
  private int length;
  private int at;
  private int captured;

  /**
   * Reads once from the stream, as much as it gives and the buffer holds.
   *
   * @return how many bytes; -1 at its end; 0 if the buffer is full
   * @throws IOException if the stream cannot be read
   */
  public int fill(InputStream in) throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    if (limit == CAPACITY) {
      return 0;
    }
    int n = in.read(buffer, limit, CAPACITY - limit);
    limit += Math.max(0, n);
    return n;
  }

  /**
   * Takes over bytes of the stream that somebody else has read.
   *
   * @return how many of them found room
   */
  public int fill(byte[] from, int offset, int count) {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    int n = Math.min(count, CAPACITY - limit);
    System.arraycopy(from, offset, buffer, limit, n);
    limit += n;
    return n;
  }

  /**
   * Goes on to the next record, if enough of it has come.
   *
   * @throws IOException if the stream is not pcap, or the record is damaged so that what follows
   *     cannot be found; the message says which
   */
  public boolean next() throws IOException {
    if (!begun && !begin()) {
      return false;
    }
    if (beyond > 0) {
      int n = Math.min(beyond, limit - position);
      position += n;
      beyond -= n;
    }
    if (beyond > 0 || limit - position < RECORD_HEADER) {
      return false;
    }
    int bytes = int32(position + 8);
    int wire = int32(position + 12);
    if (bytes < 0 || bytes > MAX_CAPTURED || wire < 0) {
      throw new IOException("damaged pcap record: %d bytes captured of %d".formatted(bytes, wire));
    }
    int kept = Math.min(bytes, KEPT);
    if (limit - position < RECORD_HEADER + kept) {
      return false;
    }
    long seconds = int32(position) & 0xffff_ffffL;
    long fraction = int32(position + 4) & 0xffff_ffffL;
    time =
        seconds * 1_000_000_000L + Math.min(999_999_999L, nanosecond ? fraction : fraction * 1000);
    length = Math.max(wire, bytes);
    captured = kept;
    at = position + RECORD_HEADER;
    position = at + kept;
    beyond = bytes - kept;
    return true;
  }

  private boolean begin() throws IOException {
    if (limit - position < FILE_HEADER) {
      return false;
    }
    bigEndian = true;
    int magic = int32(position);
    if (magic == PCAPNG) {
      throw new IOException(
          "this is pcapng, not pcap; to fix: convert it: tcpdump -r FILE -w NEW-FILE");
    }
    if (magic != MICROS && magic != NANOS) {
      bigEndian = false;
      magic = int32(position);
    }
    if (magic != MICROS && magic != NANOS) {
      throw new IOException("this is not a pcap file: it starts with 0x%08x".formatted(magic));
    }
    nanosecond = magic == NANOS;
    linkType = int32(position + 20) & 0xffff;
    position += FILE_HEADER;
    begun = true;
    return true;
  }

  private int int32(int i) {
    int big = Bytes.int32(buffer, i);
    return bigEndian ? big : Integer.reverseBytes(big);
  }

  /** Whether the head of the stream has come: from then on {@link #linkType} is known. */
  public boolean begun() throws IOException {
    return begun || begin();
  }

  /** The type of the link layer (LINKTYPE_ values of tcpdump.org); -1 before the first record. */
  public int linkType() {
    return linkType;
  }

  /** When the record was captured: nanoseconds since 1970. */
  public long time() {
    return time;
  }

  /** The packet's length on the wire, in bytes. */
  public int length() {
    return length;
  }

  /** What the record's bytes are in, from {@link #at} on; valid until the next fill. */
  public byte[] data() {
    return buffer;
  }

  /** Where the record's bytes begin. */
  public int at() {
    return at;
  }

  /** How many of them there are. */
  public int captured() {
    return captured;
  }
}
