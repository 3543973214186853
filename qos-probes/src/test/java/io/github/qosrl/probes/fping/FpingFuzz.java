package io.github.qosrl.probes.fping;

import io.github.qosrl.probes.LineFuzz;

/** What the fuzz run feeds to the parsers of fping's lines. */
public final class FpingFuzz {
  public static final LineFuzz LINES =
      new LineFuzz(
          FpingLine::parse,
          "[1795457228.72078] ::1       : [12], 64 bytes, 1.34 ms (0.033 avg, 0% loss)",
          "[1795458140.25252] 10.9.9.9  : [7], timed out (NaN avg, 100% loss)",
          "127.0.0.1 : xmt/rcv/%loss = 4/4/0%, outage(ms) = 0, min/avg/max = 0.038/0.041/0.045");

  public static final LineFuzz TIMESTAMPS =
      new LineFuzz(
          line -> IcmpTimestamps.parse(line).ifPresent(found -> found.sample(1_000_000, null)),
          "[1796145184.36313] 10.213.0.2 : [40], 20 bytes, 5.13 ms (0.226 avg, 0% loss), timestamps:"
              + " Originate=61984358 Receive=61984358 Transmit=61984358 Localreceive=61984363");

  private FpingFuzz() {}
}
