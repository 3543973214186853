package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.internal.IpText.Address;
import io.github.qosrl.probes.internal.IpText.Link;
import io.github.qosrl.probes.internal.IpText.Route;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What {@code ip} of iproute2 6.1 and of BusyBox 1.35 prints. */
class IpTextTest {

  @Test
  void readsTheAddressesThatCanBeUsed() {
    String printed =
        """
        1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
        3: wan2    inet 10.81.2.2/24 scope global wan2\\       valid_lft forever preferred_lft forever
        3: wan2    inet6 fd81:2::2/64 scope global flags 02 \\       valid_lft forever preferred_lft forever
        3: wan2    inet6 fd81:2::3/64 scope global dadfailed tentative \\       valid_lft forever
        3: wan2    inet6 fe80::e038:6eff:fec6:44ea/64 scope link \\       valid_lft forever
        9: ppp0    inet 100.64.1.2 peer 100.64.0.1/32 scope global ppp0\\       valid_lft forever
        """;
    assertEquals(
        List.of(
            new Address("lo", "127.0.0.1", false, false),
            new Address("wan2", "10.81.2.2", false, false),
            new Address("wan2", "fd81:2::2", true, false),
            new Address("wan2", "fe80::e038:6eff:fec6:44ea", true, true),
            new Address("ppp0", "100.64.1.2", false, false)),
        IpText.addresses(printed));
  }

  @Test
  void readsWhatIsStackedOnWhat() {
    String printed =
        """
        2: eth0: <BROADCAST,UP> mtu 1500 qdisc noqueue master br-wan state UP mode DEFAULT qlen 1000\\    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
        3: eth0.7@eth0: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP \\    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
        6: pppoe-wan: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1492 qdisc noqueue qlen 3\\    link/ppp
        """;
    assertEquals(
        List.of(
            new Link("eth0", "", "br-wan", false),
            new Link("eth0.7", "eth0", "", false),
            new Link("pppoe-wan", "", "", true)),
        IpText.links(printed));
  }

  @Test
  void readsRoutesOfBothPrograms() {
    Optional<Route> byGateway = Optional.of(new Route("wan2", "10.81.2.1"));
    assertEquals(
        byGateway,
        IpText.route("10.99.0.1 via 10.81.2.1 dev wan2 src 10.81.2.2 uid 0 \n    cache "));
    assertEquals(byGateway, IpText.route("10.99.0.1 from 10.81.2.2 via 10.81.2.1 dev wan2 \n"));
    assertEquals(
        Optional.of(new Route("wan2", "fe80::1")),
        IpText.route("192.0.2.1 via inet6 fe80::1 dev wan2 src 10.81.2.2 uid 0"));
    assertEquals(
        Optional.of(new Route("wan2", "")), IpText.route("10.99.0.1 dev wan2 src 10.81.2.2 uid 0"));
    assertEquals(Optional.empty(), IpText.route("unreachable 10.99.0.1 dev lo table unspec"));
  }

  @Property(tries = 2000)
  void survivesWhateverIsPrinted(@ForAll String text) {
    assertTrue(IpText.addresses("3: " + text).size() <= text.length() + 1);
    assertTrue(IpText.links("3: " + text).size() <= text.length() + 1);
    IpText.route(text);
  }
}
