package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks on the loopback interface, with programs named flock that answer as the real one does. */
class LinkLocksTest {
  private static final Device LOOPBACK = new Device("lo", 1, 65_536);

  @TempDir Path programs;

  @Test
  void whatAnotherHoldsIsTaken() throws Exception {
    // Waiting is sleep(1)'s, which need not take its time here.
    program("sleep", "exit 0");
    try (Host host = hostWithFlock("exit 1");
        LinkLocks locks = new LinkLocks(host)) {
      assertThrows(
          LinkLocks.TakenException.class, () -> locks.take(LinkLocks.egress("lo"), LOOPBACK));
    }
  }

  @Test
  void aKernelWithoutFileLocksHasNoSecondController() throws Exception {
    Path asked = programs.resolve("asked");
    String unable = "echo x >> " + asked + "; echo 'flock: Function not implemented' >&2; exit 71";
    try (Host host = hostWithFlock(unable);
        LinkLocks locks = new LinkLocks(host)) {
      for (int i = 0; i < 3; i++) {
        assertDoesNotThrow(() -> locks.take(LinkLocks.egress("lo"), LOOPBACK));
        assertDoesNotThrow(() -> locks.take(LinkLocks.ingress("lo"), LOOPBACK));
      }
    }
    assertEquals(2, Files.readAllLines(asked).size(), "each is asked for once");
  }

  private Host hostWithFlock(String script) throws Exception {
    program("flock", script);
    FaultyHost host = new FaultyHost(Hosts.local());
    host.breaks(this::withThesePrograms);
    return host;
  }

  private Command withThesePrograms(Command command) {
    List<String> argv = new ArrayList<>(List.of("env", "PATH=" + programs + ":/usr/bin:/bin"));
    argv.addAll(command.argv());
    return Command.of(argv);
  }

  private void program(String name, String script) throws Exception {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
