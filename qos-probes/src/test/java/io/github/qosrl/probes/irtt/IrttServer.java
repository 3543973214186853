package io.github.qosrl.probes.irtt;

import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An irtt server for tests. */
public final class IrttServer {
  private IrttServer() {}

  /** Skips the test if irtt is not there. */
  public static void needed() throws InterruptedException {
    Needs.succeeds(Command.of("irtt", "version"), "irtt; on Debian: sudo apt-get install irtt");
  }

  /**
   * Starts one that listens at all addresses, and returns when it does; it ends with the host.
   *
   * @param options of {@code irtt server}
   */
  public static HostProcess start(Host host, String... options) throws Exception {
    needed();
    List<String> argv = new ArrayList<>(List.of("irtt", "server"));
    argv.addAll(List.of(options));
    HostProcess server = host.start(Command.of(argv));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(server.stdout(), StandardCharsets.UTF_8));
    int listeners = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      // One for each IP version, in any order.
      listeners += line.contains("[ListenerStart]") ? 1 : 0;
      if (listeners == 2) {
        return server;
      }
    }
    server.close();
    throw new AssertionError("irtt server ended: " + server.exitCode());
  }
}
