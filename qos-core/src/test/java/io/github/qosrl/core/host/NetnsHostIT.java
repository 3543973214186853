package io.github.qosrl.core.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Sets;
import io.github.qosrl.core.contract.HostContract;
import io.github.qosrl.core.contract.Needs;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetnsHostIT extends HostContract {
  private static final String NAME = "host-it";
  private final Host local = Hosts.local();

  @BeforeEach
  void make() throws Exception {
    Needs.namespaces();
    local.run(Command.of("ip", "netns", "del", NAME));
    create();
  }

  private void create() throws Exception {
    local.run(Command.of("ip", "netns", "add", NAME)).orThrow();
  }

  private void delete() throws Exception {
    local.run(Command.of("ip", "netns", "del", NAME)).orThrow();
  }

  @AfterEach
  void remove() throws Exception {
    local.run(Command.of("ip", "netns", "del", NAME));
    local.close();
  }

  @Override
  protected Host host() {
    return Hosts.netns(NAME);
  }

  @Test
  void seesTheInterfacesOfTheNamespaceOnly() throws Exception {
    try (Host host = host()) {
      host.run(Command.of("ip", "link", "add", "in0", "type", "veth", "peer", "name", "in1"))
          .orThrow();
      assertFalse(host.read("/sys/class/net/in0/ifindex").isBlank());
      assertTrue(host.read("/proc/net/dev").contains("in0:"));
      assertTrue(host.read("/proc/self/net/dev").contains("in0:"));
      assertThrows(HostException.class, () -> local.read("/sys/class/net/in0/ifindex"));
    }
  }

  @Test
  void readsTheKernelSettingsOfTheNamespace() throws Exception {
    try (Host host = host()) {
      String path = "/proc/sys/net/ipv4/ip_forward";
      for (String value : new String[] {"1\n", "0\n"}) {
        host.run(Command.of("tee", path).withInput(value)).orThrow();
        assertEquals(value, host.read(path));
      }
    }
  }

  @Test
  void readingStartsNoProcess() throws Exception {
    Set<Long> others = children();
    try (Host host = host()) {
      host.read("/sys/class/net/lo/ifindex");
      Set<Long> reader = newSince(others);
      assertEquals(1, reader.size());
      for (int i = 0; i < 100; i++) {
        host.read("/sys/class/net/lo/statistics/rx_bytes");
      }
      assertEquals(reader, newSince(others));
    }
    assertEquals(Set.of(), newSince(others));
  }

  /** Those of other tests may still be about to end. */
  private static Set<Long> newSince(Set<Long> others) {
    return Sets.difference(children(), others).immutableCopy();
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  @Test
  void noticesThatTheNamespaceIsGoneAndIsBackAgain() throws Exception {
    try (Host host = host()) {
      host.run(Command.of("ip", "link", "add", "old0", "type", "veth")).orThrow();
      assertTrue(host.read("/proc/net/dev").contains("old0:"));
      delete();
      assertEquals(
          HostException.Kind.UNREACHABLE,
          assertThrows(HostException.class, () -> host.read("/proc/net/dev")).kind());
      create();
      assertFalse(host.read("/proc/net/dev").contains("old0:"));
    }
  }
}
