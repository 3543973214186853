package io.github.qosrl.probes.ping;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PingLineProperties {
  private static final String REPLY =
      "[1795457226.838178] 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.075 ms";

  @Property
  void neverThrowsAndStaysInRange(@ForAll String line) {
    check(line);
  }

  @Property
  void survivesMutations(@ForAll("mutated") String line) {
    check(line);
  }

  @Provide
  Arbitrary<String> mutated() {
    return Combinators.combine(
            Arbitraries.integers().between(0, REPLY.length()),
            Arbitraries.integers().between(0, REPLY.length()),
            Arbitraries.strings().ofMaxLength(6))
        .as(
            (a, b, insert) ->
                REPLY.substring(0, Math.min(a, b)) + insert + REPLY.substring(Math.max(a, b)));
  }

  private static void check(String line) {
    PingLine.parse(line)
        .ifPresent(
            parsed -> {
              assertTrue(parsed.sequence() >= 0 && parsed.sequence() <= 0xffff);
              assertTrue(parsed.rttNanos() >= -1 && parsed.rttNanos() <= 1_000_000_000_000_000L);
            });
  }
}
