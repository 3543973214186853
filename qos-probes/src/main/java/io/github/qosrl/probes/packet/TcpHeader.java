package io.github.qosrl.probes.packet;

/**
 * What a TCP header says (RFC 9293), its timestamps (RFC 7323) and selective acknowledgements (RFC
 * 2018) among it.
 *
 * <p>One object reads any number of packets, one after the other, and allocates nothing. Never
 * throws for what is in the packet. Not thread-safe.
 */
public final class TcpHeader {
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int ACK = 0x10;

  private static final int OPTION_SACK = 5;
  private static final int OPTION_TIMESTAMPS = 8;

  /** The layout in which nearly every sender writes its timestamps: NOP, NOP, kind 8, length 10. */
  private static final int ALIGNED_TIMESTAMPS = 0x0101080a;

  private int sequence;
  private int acknowledgement;
  private int flags;
  private int payload;
  private int headerLength;
  private boolean timestamps;
  private int timestamp;
  private int sackBytes;
  private int sackEdge;

  /**
   * Reads the header that an IP header has before it.
   *
   * @return whether it is TCP and was captured as far as its fixed part
   */
  public boolean parse(IpHeader ip) {
    int at = ip.transportAt();
    if (ip.protocol() != IpHeader.TCP || at < 0 || ip.end() - at < 20) {
      return false;
    }
    byte[] data = ip.data();
    headerLength = (data[at + 12] & 0xf0) >> 2;
    payload = ip.transportLength() - headerLength;
    if (headerLength < 20 || payload < 0) {
      return false;
    }
    sequence = Bytes.int32(data, at + 4);
    acknowledgement = Bytes.int32(data, at + 8);
    flags = Bytes.uint8(data, at + 13);
    timestamps = false;
    sackBytes = 0;
    int end = Math.min(at + headerLength, ip.end());
    if (end - at >= 32 && Bytes.int32(data, at + 20) == ALIGNED_TIMESTAMPS) {
      timestamps = true;
      timestamp = Bytes.int32(data, at + 24);
      options(data, at + 32, end);
    } else {
      options(data, at + 20, end);
    }
    return true;
  }

  private void options(byte[] data, int from, int end) {
    int at = from;
    while (at < end) {
      int kind = data[at];
      if (kind == 1) {
        at++;
        continue;
      }
      int length = kind == 0 || at + 1 >= end ? 0 : Bytes.uint8(data, at + 1);
      if (length < 2 || at + length > end) {
        return;
      }
      if (kind == OPTION_TIMESTAMPS && length == 10) {
        timestamps = true;
        timestamp = Bytes.int32(data, at + 2);
      } else if (kind == OPTION_SACK) {
        blocks(data, at + 2, at + length);
      }
      at += length;
    }
  }

  /** Blocks at or below the acknowledgement report duplicates (RFC 2883), not holes. */
  private void blocks(byte[] data, int from, int end) {
    for (int at = from; at + 8 <= end; at += 8) {
      int left = Bytes.int32(data, at);
      int right = Bytes.int32(data, at + 4);
      int bytes = right - left;
      if (bytes > 0 && left - acknowledgement > 0) {
        sackEdge = sackBytes == 0 || right - sackEdge > 0 ? right : sackEdge;
        sackBytes = (int) Math.min(Integer.MAX_VALUE, (long) sackBytes + bytes);
      }
    }
  }

  /** Sequence number of the first byte. */
  public int sequence() {
    return sequence;
  }

  /** Sequence number after the last byte of payload. */
  public int sequenceEnd() {
    return sequence + payload;
  }

  /** The next sequence number that the sender of this expects; of meaning with {@link #ACK}. */
  public int acknowledgement() {
    return acknowledgement;
  }

  /** The eight flags, {@link #FIN} to CWR. */
  public int flags() {
    return flags;
  }

  /** Whether a flag is set. */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Bytes of payload; 0 or more. */
  public int payload() {
    return payload;
  }

  /** Bytes of the header, options included. */
  public int headerLength() {
    return headerLength;
  }

  /** Whether it has timestamps. */
  public boolean hasTimestamps() {
    return timestamps;
  }

  /** The sender's clock (TSval), if it has timestamps. */
  public int timestamp() {
    return timestamp;
  }

  /** Bytes that arrived beyond a hole, as far as the option has room to tell; 0 if none. */
  public int sackBytes() {
    return sackBytes;
  }

  /** The highest sequence number that arrived beyond a hole; of meaning with {@link #sackBytes}. */
  public int sackEdge() {
    return sackEdge;
  }
}
