package io.github.qosrl.probes.ping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines recorded from iputils 20180629, 20210202 and 20221126. */
class PingLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1795457226.838178] 64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.075 ms|1|75000",
        "[1795457227.666059] 64 bytes from ::1: icmp_seq=65535 ttl=64 time=12.5 ms|65535|12500000",
        "64 bytes from fe80::1%eth0: icmp_seq=0 ttl=255 time=1034 ms|0|1034000000",
        "64 bytes from dns.google (8.8.8.8): icmp_seq=7 ttl=117 time=9.81 ms|7|9810000",
      })
  void readsAnswers(String line, int sequence, long nanos) {
    assertEquals(
        Optional.of(new PingLine(PingLine.Kind.REPLY, sequence, nanos)), PingLine.parse(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "64 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=0.000 ms",
        "64 bytes from 10.0.0.1: icmp_seq=3 ttl=64",
        "16 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=-5.0 ms",
        "64 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=NaN ms"
      })
  void believesNoTimeThatIsNone(String line) {
    assertEquals(Optional.of(new PingLine(PingLine.Kind.REPLY, 3, -1)), PingLine.parse(line));
  }

  @Test
  void tellsDuplicatesApart() {
    String line = "64 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=0.3 ms (DUP!)";
    assertEquals(
        Optional.of(new PingLine(PingLine.Kind.DUPLICATE, 3, 300_000)), PingLine.parse(line));
  }

  @Test
  void readsWhatHasNoAnswerYet() {
    String line = "[1795458133.721492] no answer yet for icmp_seq=41";
    assertEquals(
        Optional.of(new PingLine(PingLine.Kind.OUTSTANDING, 41, -1)), PingLine.parse(line));
  }

  @Test
  void readsRefusalsButNotRedirects() {
    assertEquals(
        Optional.of(new PingLine(PingLine.Kind.REFUSED, 6, -1)),
        PingLine.parse("[1795458136.2] From 10.9.9.1 icmp_seq=6 Destination Host Unreachable"));
    assertEquals(
        PingLine.Kind.OTHER,
        PingLine.parse("From 10.9.9.1 icmp_seq=6 Redirect Host(New nexthop: 10.9.9.2)")
            .orElseThrow()
            .kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PING 10.9.9.9 (10.9.9.9) 56(84) bytes of data.",
        "",
        "--- 10.9.9.9 ping statistics ---",
        "10 packets transmitted, 0 received, +6 errors, 100% packet loss, time 4620ms",
        "rtt min/avg/max/mdev = 0.045/0.063/0.083/0.013 ms",
        "pipe 6"
      })
  void knowsHeadlineAndSummary(String line) {
    assertEquals(PingLine.Kind.OTHER, PingLine.parse(line).orElseThrow().kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "64 octets de 127.0.0.1: icmp_seq=1 ttl=64 temps=0.075 ms",
        "Usage: ping [options] <destination>",
        "64 bytes from 10.0.0.1: icmp_seq=70000 ttl=64 time=1 ms",
        "Antwort von 127.0.0.1: Bytes=32 Zeit<1ms TTL=128"
      })
  void understandsNothingElse(String line) {
    assertTrue(PingLine.parse(line).isEmpty());
  }
}
