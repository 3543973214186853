package io.github.qosrl.probes.ping;

import io.github.qosrl.probes.internal.LineSplitter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the fuzz run feeds to the parser of ping's lines. */
public final class PingFuzz {
  private static final String[] LINES = {
    "[1795457226.838178] 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.075 ms\n",
    "[1795458133.721492] no answer yet for icmp_seq=1\n",
    "[1795458136.249659] From 10.9.9.1 icmp_seq=1 Destination Host Unreachable\n",
    "64 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=0.3 ms (DUP!)\n"
  };

  private PingFuzz() {}

  public static byte[][] samples() {
    byte[][] samples = new byte[LINES.length][];
    for (int i = 0; i < LINES.length; i++) {
      samples[i] = LINES[i].getBytes(StandardCharsets.ISO_8859_1);
    }
    return samples;
  }

  public static void parse(byte[] bytes) {
    LineSplitter splitter = new LineSplitter(PingLine::parse);
    splitter.feed(bytes, bytes.length);
    splitter.end();
  }

  /** A hundred megabytes without an end of line. */
  public static void endlessLine() {
    LineSplitter splitter = new LineSplitter(PingLine::parse);
    byte[] block = new byte[8192];
    Arrays.fill(block, (byte) 'x');
    for (int i = 0; i < 12_800; i++) {
      splitter.feed(block, block.length);
    }
    splitter.end();
  }
}
