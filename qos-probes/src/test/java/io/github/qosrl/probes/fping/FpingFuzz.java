package io.github.qosrl.probes.fping;

import io.github.qosrl.probes.internal.LineSplitter;
import java.nio.charset.StandardCharsets;

/** What the fuzz run feeds to the parser of fping's lines. */
public final class FpingFuzz {
  private static final String[] LINES = {
    "[1795457228.72078] ::1       : [12], 64 bytes, 1.34 ms (0.033 avg, 0% loss)\n",
    "[1795458140.25252] 10.9.9.9  : [7], timed out (NaN avg, 100% loss)\n",
    "127.0.0.1 : xmt/rcv/%loss = 4/4/0%, outage(ms) = 0, min/avg/max = 0.038/0.041/0.045\n"
  };

  private FpingFuzz() {}

  public static byte[][] samples() {
    byte[][] samples = new byte[LINES.length][];
    for (int i = 0; i < LINES.length; i++) {
      samples[i] = LINES[i].getBytes(StandardCharsets.ISO_8859_1);
    }
    return samples;
  }

  public static void parse(byte[] bytes) {
    LineSplitter splitter = new LineSplitter(FpingLine::parse);
    splitter.feed(bytes, bytes.length);
    splitter.end();
  }
}
