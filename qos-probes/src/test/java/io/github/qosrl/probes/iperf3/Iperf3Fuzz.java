package io.github.qosrl.probes.iperf3;

import java.nio.charset.StandardCharsets;

/** What the fuzz run feeds to the parser of iperf3's reports. */
public final class Iperf3Fuzz {
  private Iperf3Fuzz() {}

  public static byte[] sample() {
    return Iperf3ReportTest.recorded("udp-bidir").getBytes(StandardCharsets.ISO_8859_1);
  }

  public static void parse(byte[] bytes) {
    try {
      Iperf3Report.parse(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      // That is how it says that this is not a report.
    }
  }
}
