package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchTest {

  @Test
  void aCodePointMatchesTheUpperSixBitsInBothVersions() {
    Match match = Match.parse("dscp:ef");
    assertEquals(List.of("match ip dsfield 0xb8 0xfc"), match.ipv4Selectors());
    assertEquals(List.of("match ip6 priority 0xb8 0xfc"), match.ipv6Selectors());
  }

  @Test
  void aPortMatchesAtEitherEnd() {
    Match match = Match.parse("tcp:443");
    String header = "match ip protocol 6 0xff match u8 0x05 0x0f at 0 match u16 0 0x1fff at 6";
    assertEquals(
        List.of(header + " match ip sport 443 0xffff", header + " match ip dport 443 0xffff"),
        match.ipv4Selectors());
    assertEquals(2, match.ipv6Selectors().size());
  }

  @Test
  void conditionsJoin() {
    Match match = Match.parse("udp+dport:5060-5061+to:192.0.2.0/24");
    assertEquals(
        List.of(
            "match ip protocol 17 0xff match ip dst 192.0.2.0/24 match u8 0x05 0x0f at 0"
                + " match u16 0 0x1fff at 6 match ip dport 5060 0xfffe"),
        match.ipv4Selectors());
    assertTrue(match.ipv6Selectors().isEmpty());
  }

  @Test
  void anAddressNarrowsTheVersion() {
    Match match = Match.parse("from:2001:db8::/32");
    assertTrue(match.ipv4Selectors().isEmpty());
    assertEquals(List.of("match ip6 src 2001:db8::/32"), match.ipv6Selectors());
  }

  @Test
  void icmpHasAnotherNumberInIpv6() {
    Match match = Match.parse("icmp");
    assertEquals(List.of("match ip protocol 1 0xff"), match.ipv4Selectors());
    assertEquals(List.of("match ip6 protocol 58 0xff"), match.ipv6Selectors());
  }

  @Test
  void aLengthCountsTheHeaderInBothVersions() {
    Match match = Match.parse("length:0-127");
    assertEquals(List.of("match u16 0 0xff80 at 2"), match.ipv4Selectors());
    // 0 to 87 bytes behind the header of 40.
    assertEquals(
        List.of("match u16 0 0xffc0 at 4", "match u16 64 0xfff0 at 4", "match u16 80 0xfff8 at 4"),
        match.ipv6Selectors());
    assertTrue(Match.parse("length:20-39").ipv6Selectors().isEmpty());
  }

  @Test
  void aVersionAloneMatchesAllOfIt() {
    assertEquals(List.of("match u32 0 0"), Match.parse("ipv6").ipv6Selectors());
    assertTrue(Match.parse("ipv6").ipv4Selectors().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dscp:",
        "dscp:64",
        "dscp:nonsense",
        "tcp:70000",
        "tcp:9-3",
        "tcp:1-2-3",
        "sport:5",
        "tcp+udp",
        "from:10.0.0.0/33",
        "from:example.org",
        "from:10.0.0.0/8+to:2001:db8::1",
        "to:fe80::1%eth0",
        "ipv4+ipv6",
        "tcp;reboot",
        "proto:256"
      })
  void refusesWhatIsNoCondition(String text) {
    assertThrows(IllegalArgumentException.class, () -> Match.parse(text));
  }
}
