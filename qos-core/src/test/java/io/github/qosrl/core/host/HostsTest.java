package io.github.qosrl.core.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

  @Test
  void readsHowUsersWriteHosts() {
    assertEquals("local", Hosts.parse("local").name());
    assertEquals("netns router", Hosts.parse("netns:router").name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Local",
        "ssh:router",
        "netns",
        "netns:",
        "netns:a b",
        "netns:../x",
        "netns:-x",
        "netns:.."
      })
  void refusesWhatIsNoHost(String text) {
    assertThrows(IllegalArgumentException.class, () -> Hosts.parse(text));
  }

  @Test
  void aNamespaceThatIsNotThereIsToldWithTheFix() {
    try (Host host = Hosts.netns("host-nowhere")) {
      for (String message :
          new String[] {
            assertThrows(HostException.class, () -> host.run(Command.of("true"))).toString(),
            assertThrows(HostException.class, () -> host.start(Command.of("true"))).toString(),
            assertThrows(HostException.class, () -> host.read("/proc/version")).toString(),
            assertThrows(HostException.class, () -> ExitGuard.start(host)).toString()
          }) {
        assertTrue(message.contains("'ip netns add host-nowhere' makes it"), message);
      }
    }
  }

  @Test
  void aMissingProgramIsToldWithItsPackage() {
    // Nowhere installed under this name: the table of packages is asked by file name.
    HostException e = assertThrows(HostException.class, () -> Programs.find("/nowhere/tc"));
    assertEquals(HostException.Kind.NOT_INSTALLED, e.kind());
    assertTrue(e.toString().contains("apt-get install iproute2"), e.toString());
  }

  @Test
  void aFileThatIsNotExecutableIsTold() {
    HostException e = assertThrows(HostException.class, () -> Programs.find("/etc/passwd"));
    assertEquals(HostException.Kind.NOT_PERMITTED, e.kind());
  }
}
