package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What probes are bound to on a router with two uplinks. */
class EchoBindingTest {
  private static final String ADDRESSES =
      """
      1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever
      2: wan1    inet 10.81.1.2/24 scope global wan1\\       valid_lft forever
      2: wan1    inet6 fd81:1::2/64 scope global \\       valid_lft forever
      3: wan2    inet 10.81.2.2/24 scope global wan2\\       valid_lft forever
      3: wan2    inet6 fe80::2/64 scope link \\       valid_lft forever
      4: eth4    inet6 fe80::4/64 scope link \\       valid_lft forever
      """;

  private static final String LINKS =
      """
      2: wan1: <UP> mtu 1500 state UP \\    link/ether 02:00:00:00:00:01
      3: wan2: <UP> mtu 1500 state UP \\    link/ether 02:00:00:00:00:02
      4: eth4: <UP> mtu 1500 state UP \\    link/ether 02:00:00:00:00:04
      """;

  private final FakeHost host = new FakeHost().on("ip -o addr", ADDRESSES).on("ip -o link", LINKS);

  private static EchoOptions options(String interfaceName, String... targets) {
    List<Target> parsed = new ArrayList<>();
    for (String target : targets) {
      parsed.add(Target.parse(target));
    }
    return EchoOptions.builder(parsed).interfaceName(interfaceName).build();
  }

  private static List<String> hosts(EchoBinding binding) {
    return binding.options().targets().stream().map(Target::host).toList();
  }

  private String refusal(EchoOptions options) {
    ProbeException e = assertThrows(ProbeException.class, () -> EchoBinding.on(host, options));
    return String.valueOf(e.getMessage());
  }

  @Test
  void theInterfaceAloneDoesWhereItHasADefaultRoute() throws Exception {
    host.on("ip route get 192.0.2.7", "192.0.2.7 via 10.81.2.1 dev wan2 src 10.81.2.2 uid 0");
    EchoBinding binding = EchoBinding.on(host, options("wan2", "192.0.2.7"));
    assertEquals("wan2", binding.options().interfaceName());
    assertEquals(Set.of(), binding.sources());
  }

  @Test
  void theSourceIsNamedWhereTheRoutesAreFoundByIt() throws Exception {
    host.on("ip route get 192.0.2.7 oif wan2", "192.0.2.7 dev wan2 src 10.81.2.2 uid 0")
        .on(
            "ip route get 192.0.2.7 from 10.81.2.2 oif wan2",
            "192.0.2.7 from 10.81.2.2 via 10.81.2.1 dev wan2 table 200 uid 0");
    EchoBinding binding = EchoBinding.on(host, options("wan2", "192.0.2.7"));
    assertEquals("10.81.2.2", binding.source(Target.of("192.0.2.7")));
  }

  @Test
  void aSourceThatWasFoundFollowsTheAddress() throws Exception {
    theSourceIsNamedWhereTheRoutesAreFoundByIt();
    EchoBinding binding = EchoBinding.on(host, options("wan2", "192.0.2.7"));
    host.on("ip -o addr", ADDRESSES.replace("10.81.2.2/", "10.81.2.9/"))
        .on(
            "ip route get 192.0.2.7 from 10.81.2.9 oif wan2",
            "192.0.2.7 from 10.81.2.9 via 10.81.2.1 dev wan2 table 200 uid 0");
    assertEquals(Set.of("10.81.2.9"), binding.renewed(host).sources());
  }

  @Test
  void targetsThatTheUplinkHasNoAddressForAreLeftOut() throws Exception {
    EchoBinding binding =
        EchoBinding.on(host, options("wan2", "192.0.2.7", "2001:db8::7", "dns.example"));
    assertEquals(List.of("192.0.2.7", "dns.example"), hosts(binding));
    assertEquals(2, binding.options().active());
  }

  @Test
  void noneThatCanBeReachedIsAnError() {
    assertTrue(
        refusal(options("wan2", "2001:db8::7"))
            .startsWith("wan2 has no IPv6 address to reach 2001:db8::7 from; to fix: "));
    assertTrue(refusal(options("wan2", "127.0.0.1")).startsWith("127.0.0.1 is the host itself"));
  }

  @Test
  void aNeighbourIsReachedFromALinkLocalAddress() throws Exception {
    assertEquals(List.of("fe80::1"), hosts(EchoBinding.on(host, options("wan2", "fe80::1"))));
    assertEquals(List.of("fe80::1"), hosts(EchoBinding.on(host, options("eth4", "fe80::1"))));
    assertTrue(
        refusal(options("wan2", "fe80::1%wan1"))
            .startsWith("fe80::1%wan1 is a neighbour on another interface than wan2"));
  }

  @Test
  void anInterfaceWithoutAnAddressNamesTheOneThatHasIt() {
    host.on("ip route get", "192.0.2.1 via 10.81.1.1 dev wan1 src 10.81.1.2 uid 0");
    String said = refusal(options("eth4", "192.0.2.7"));
    assertTrue(said.startsWith("eth4 of fake has no IP address, so nothing can be probed"), said);
    assertTrue(said.contains("(wan1?)"), said);
  }

  @Test
  void theBridgeOfAPortAndTheVlanOfAnInterfaceAreItsWayOut() throws Exception {
    host.on(
        "ip -o link",
        LINKS.replace(
                "state UP \\    link/ether 02:00:00:00:00:04",
                "master br4 state UP \\    link/ether")
            + "5: br4: <UP> mtu 1500 \\    link/ether\n");
    host.on("ip -o addr", ADDRESSES + "5: br4    inet 10.81.4.2/24 scope global br4\n");
    assertEquals(
        "br4", EchoBinding.on(host, options("eth4", "192.0.2.7")).options().interfaceName());
    host.on("ip -o link", LINKS + "6: eth4.7@eth4: <UP> mtu 1500 \\    link/ether\n");
    host.on("ip -o addr", ADDRESSES + "6: eth4.7    inet 10.81.4.2/24 scope global eth4.7\n");
    assertEquals(
        "eth4.7", EchoBinding.on(host, options("eth4", "192.0.2.7")).options().interfaceName());
  }

  @Test
  void theOnlyPppoeSessionIsTheWayOutOfWhatCarriesIt() throws Exception {
    host.on("ip -o link", LINKS + "7: ppp0: <POINTOPOINT,UP> mtu 1492 \\    link/ppp\n")
        .on(
            "ip -o addr",
            ADDRESSES + "7: ppp0    inet 100.64.1.2 peer 100.64.0.1/32 scope global ppp0\n")
        .file(
            "/proc/net/pppoe",
            "Id       Address              Device\n0000 02:00:00:00:00:99     eth4\n");
    assertEquals(
        "ppp0", EchoBinding.on(host, options("eth4", "192.0.2.7")).options().interfaceName());
  }

  @Test
  void whatTheUserSaysOfTheSourceStays() throws Exception {
    EchoOptions options =
        EchoOptions.builder(List.of(Target.of("192.0.2.7"), Target.of("2001:db8::7")))
            .interfaceName("wan2")
            .source("10.81.2.77")
            .build();
    EchoBinding binding = EchoBinding.on(host, options);
    assertEquals(Set.of("10.81.2.77"), binding.sources());
    assertEquals(List.of("192.0.2.7"), hosts(binding));
  }

  @Test
  void whereTheHostCannotTellTheToolDecides() throws Exception {
    EchoOptions options = options("wan2", "192.0.2.7", "2001:db8::7");
    assertEquals(options, EchoBinding.on(new FakeHost(), options).options());
    FakeHost without = new FakeHost().onFailure("ip", 127, "not found");
    assertEquals(options, EchoBinding.on(without, options).options());
  }
}
