package io.github.qosrl.probes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What can be bound to an address only, on a router with two uplinks. */
class SourceBindingTest {
  private static final EchoOptions OPTIONS =
      EchoOptions.builder(List.of(Target.of("192.0.2.7"))).interfaceName("wan2").build();

  private final FakeHost host = new FakeHost().on("ip -o addr", addresses("10.81.2.2"));

  private static String addresses(String second) {
    return "2: wan1    inet 10.81.1.2/24 scope global wan1\n3: wan2    inet %s/24 scope global wan2\n"
        .formatted(second);
  }

  private FakeHost routed(String from, String device) {
    return host.on(
        "ip route get 192.0.2.7 from " + from,
        "192.0.2.7 from %s via 10.0.0.1 dev %s".formatted(from, device));
  }

  @Test
  void itIsBoundToTheAddressWhereThatChoosesTheInterface() throws Exception {
    EchoBinding binding = SourceBinding.on(routed("10.81.2.2", "wan2"), "irtt", OPTIONS);
    assertEquals(Set.of("10.81.2.2"), binding.sources());
  }

  @Test
  void itIsRefusedWhereTheSystemSendsItByAnother() {
    routed("10.81.2.2", "wan1");
    ProbeException e =
        assertThrows(ProbeException.class, () -> SourceBinding.on(host, "irtt", OPTIONS));
    String said = String.valueOf(e.getMessage());
    assertTrue(said.contains("goes to 192.0.2.7 by wan1, not by wan2; to fix:"), said);
    assertTrue(said.endsWith("ip rule add from 10.81.2.2 lookup TABLE"), said);
  }

  @Test
  void itFollowsTheAddress() throws Exception {
    EchoBinding binding = SourceBinding.on(routed("10.81.2.2", "wan2"), "irtt", OPTIONS);
    host.on("ip -o addr", addresses("10.81.2.9"));
    EchoBinding renewed = SourceBinding.renewed(routed("10.81.2.9", "wan2"), "irtt", binding);
    assertEquals(Set.of("10.81.2.9"), renewed.sources());
  }

  @Test
  void withoutAnInterfaceTheSystemChooses() throws Exception {
    EchoOptions options = EchoOptions.of("192.0.2.7");
    assertEquals(EchoBinding.of(options), SourceBinding.on(host, "irtt", options));
  }
}
