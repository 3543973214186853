package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeHostTest {
  private final FakeHost host = new FakeHost();

  @Test
  void recordsCommandsAndAnswersWithTheNewestEntry() throws Exception {
    host.on("tc", "old").on("tc -V", "new").onFailure("ip", 2, "no");
    assertEquals("new", host.run(Command.of("tc", "-V")).stdout());
    assertEquals("old", host.run(Command.of("tc", "qdisc")).stdout());
    assertEquals(2, host.run(Command.of("ip", "link")).exitCode());
    assertTrue(host.run(Command.of("anything")).ok());
    assertEquals(List.of("tc -V", "tc qdisc", "ip link", "anything"), host.ran());
  }

  @Test
  void refusesWhatItIsToldToRefuse() {
    host.onRefusal("fping", HostException.Kind.NOT_INSTALLED, "no fping");
    assertThrows(HostException.class, () -> host.run(Command.of("fping", "-v")));
    assertThrows(HostException.class, () -> host.start(Command.of("fping", "-l")));
  }

  @Test
  void showsTheFilesItWasGiven() throws Exception {
    host.file("/sys/class/net/eth0/ifindex", "2\n");
    assertEquals("2\n", host.read("/sys/class/net/eth0/ifindex"));
    host.noFile("/sys/class/net/eth0");
    assertThrows(HostException.class, () -> host.read("/sys/class/net/eth0/ifindex"));
  }

  @Test
  void processesPrintAndListen() throws Exception {
    HostProcess process = host.start(Command.of("tc", "-batch", "-"));
    FakeProcess script = host.process();
    script.onLine(line -> script.print("done " + line + "\n"));
    process.stdin().write("qdisc show\n".getBytes(StandardCharsets.UTF_8));
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
    assertEquals("done qdisc show", out.readLine());
    assertEquals(List.of("qdisc show"), script.told());
    process.close();
    assertFalse(process.alive());
    assertEquals(-1, process.stdout().read());
  }

  @Test
  void guardsCanBeStartedOnIt() throws Exception {
    try (ExitGuard guard = ExitGuard.start(host)) {
      guard.undo(List.of(Command.of("tc", "qdisc", "del")));
      assertEquals(List.of("'tc' 'qdisc' 'del'; "), host.process().told());
    }
    assertTrue(host.process().closed());
  }
}
