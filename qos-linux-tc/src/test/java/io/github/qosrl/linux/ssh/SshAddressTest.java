package io.github.qosrl.linux.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshAddressTest {

  @ParameterizedTest
  @CsvSource({
    "router, router, 0, ",
    "root@router, router, 0, root",
    "//root@router:2222, router, 2222, root",
    "root@192.0.2.1:22/, 192.0.2.1, 22, root",
    "[2001:db8::1]:22, 2001:db8::1, 22, ",
  })
  void readsUserRouterAndPort(String text, String router, int port, String user) {
    SshOptions options = SshAddress.parse(text);
    assertEquals(router, options.router());
    assertEquals(port, options.port());
    assertEquals(Optional.ofNullable(user), options.user());
    assertTrue(options.checksHostKey());
  }

  @Test
  void readsOptions() {
    SshOptions options =
        SshAddress.parse(
            "r?identity=/a&identity=/b%20c&known-hosts=/k&timeout=3s&patience=8s&check-host-key=no");
    assertEquals(List.of(Path.of("/a"), Path.of("/b c")), options.identities());
    assertEquals(Path.of("/k"), options.knownHosts());
    assertEquals(Duration.ofSeconds(3), options.timeout());
    assertEquals(Duration.ofSeconds(8), options.patience());
    assertFalse(options.checksHostKey());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@router",
        "root:secret@router",
        "a b",
        "router:99999",
        "router/path",
        "router?identity",
        "router?colour=red",
        "router?patience=1s",
        "router?patience=2500ms",
        "router?timeout=soon",
        "router?check-host-key=perhaps"
      })
  void refusesWhatIsNoRouterAndSaysWhatIs(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SshAddress.parse(text));
    assertTrue(String.valueOf(e.getMessage()).contains("accepted:"), e.getMessage());
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      SshAddress.parse(text);
    } catch (IllegalArgumentException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("accepted:"), e.getMessage());
    }
  }

  @Test
  void isFoundByTheWordSsh() {
    try (Host host = Hosts.parse("ssh:root@router:2222")) {
      assertEquals("ssh root@router:2222", host.name());
    }
    assertTrue(Hosts.syntax().contains("ssh:"), Hosts.syntax());
  }
}
