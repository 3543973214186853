package io.github.qosrl.probes.irtt;

import io.github.qosrl.probes.LineFuzz;

/** What the fuzz run feeds to the parser of irtt's lines. */
public final class IrttFuzz {
  public static final LineFuzz LINES =
      new LineFuzz(
          IrttLine::parse,
          "seq=16 rtt=6.73ms rd=5.84ms sd=941µs ipdv=4.91ms (LATE)",
          "seq=0 rtt=1.02s rd=-1h2m3.4s sd=1h2m4s ipdv=n/a",
          "DUP! seq=7",
          "[10.213.0.2:2112] [ServerRestriction] server increased interval from 50ms to 100ms");

  private IrttFuzz() {}
}
