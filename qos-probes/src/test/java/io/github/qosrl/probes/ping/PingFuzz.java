package io.github.qosrl.probes.ping;

import io.github.qosrl.probes.LineFuzz;

/** What the fuzz run feeds to the parser of ping's lines. */
public final class PingFuzz {
  public static final LineFuzz LINES =
      new LineFuzz(
          PingLine::parse,
          "[1795457226.838178] 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.075 ms",
          "[1795458133.721492] no answer yet for icmp_seq=1",
          "[1795458136.249659] From 10.9.9.1 icmp_seq=1 Destination Host Unreachable",
          "64 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=0.3 ms (DUP!)");

  private PingFuzz() {}
}
