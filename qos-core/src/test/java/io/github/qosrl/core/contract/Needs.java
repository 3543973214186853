package io.github.qosrl.core.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.Hosts;

/** What a test needs of the machine. Each method skips the test with a message if it is missing. */
public final class Needs {
  private Needs() {}

  /** Needs to run as root. */
  public static void root() {
    assumeTrue("root".equals(System.getProperty("user.name")), "skipped: needs root (sudo)");
  }

  /** Needs root, and a kernel in which network namespaces and veth pairs can be made. */
  public static void namespaces() throws InterruptedException {
    root();
    program("ip");
    succeeds(Command.of("unshare", "--net", "true"), "a kernel with network namespaces");
  }

  /** Needs a program on the path. */
  public static void program(String name) throws InterruptedException {
    try (Host host = Hosts.local()) {
      host.run(Command.of(name, "--version"));
    } catch (HostException e) {
      assumeTrue(e.kind() != HostException.Kind.NOT_INSTALLED, "skipped: " + e.getMessage());
    }
  }

  /** Needs a command to succeed; it must leave nothing behind. */
  public static void succeeds(Command command, String what) throws InterruptedException {
    String answer = "";
    try (Host host = Hosts.local()) {
      host.run(command).orThrow();
    } catch (HostException e) {
      answer = String.valueOf(e.getMessage());
    }
    assumeTrue(answer.isEmpty(), "skipped: needs " + what + " (" + answer + ")");
  }
}
