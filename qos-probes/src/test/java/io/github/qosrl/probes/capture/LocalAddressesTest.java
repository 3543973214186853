package io.github.qosrl.probes.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.host.Command;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalAddressesTest {
  private static final Command IP_ADDR = Command.of("ip", "-o", "addr", "show", "dev", "wwan0");
  private static final String BEFORE =
      """
      7: wwan0    inet 100.72.3.9/30 brd 100.72.3.11 scope global wwan0\\       valid_lft forever
      7: wwan0    inet6 2001:db8::1f/64 scope global \\       valid_lft forever preferred_lft forever
      """;

  private final FakeHost host = new FakeHost().on("ip -o addr", BEFORE);
  private final VirtualClock clock = new VirtualClock();

  private LocalAddresses open() throws Exception {
    return new LocalAddresses(() -> host.run(IP_ADDR).orThrow().stdout(), clock);
  }

  private static byte[] address(String text) throws UnknownHostException {
    return InetAddress.getByName(text).getAddress();
  }

  @Test
  void knowsBothIpVersions() throws Exception {
    try (LocalAddresses local = open()) {
      assertTrue(local.contains(address("100.72.3.9")));
      assertTrue(local.contains(address("2001:db8::1f")));
      assertFalse(local.contains(address("100.72.3.11")));
    }
  }

  @Test
  void aPacketWithoutThemHasThemReadAgain() throws Exception {
    try (LocalAddresses local = open()) {
      host.on("ip -o addr", BEFORE.replace("100.72.3.9", "100.80.1.2"));
      clock.advance(Duration.ofSeconds(5));
      local.doubt();
      while (!local.contains(address("100.80.1.2"))) {
        Thread.sleep(1);
      }
      assertFalse(local.contains(address("100.72.3.9")));
      assertTrue(local.contains(address("2001:db8::1f")));
    }
  }

  @Test
  void manyDoubtsReadOnceInFiveSeconds() throws Exception {
    try (LocalAddresses local = open()) {
      for (int packet = 0; packet < 1000; packet++) {
        local.doubt();
      }
      assertEquals(1, host.ran().size());
      clock.advance(Duration.ofSeconds(5));
      for (int packet = 0; packet < 1000; packet++) {
        local.doubt();
      }
      while (host.ran().size() < 2) {
        Thread.sleep(1);
      }
      local.doubt();
      assertEquals(2, host.ran().size());
    }
  }

  @Test
  void keepsWhatItKnowsWhenTheyCannotBeRead() throws Exception {
    try (LocalAddresses local = open()) {
      host.onFailure("ip -o addr", 1, "Device \"wwan0\" does not exist.");
      clock.advance(Duration.ofSeconds(5));
      local.doubt();
      while (host.ran().size() < 2) {
        Thread.sleep(1);
      }
      assertTrue(local.contains(address("100.72.3.9")));
    }
  }
}
