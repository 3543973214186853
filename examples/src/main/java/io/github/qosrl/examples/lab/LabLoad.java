package io.github.qosrl.examples.lab;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Bulk TCP (CUBIC) both ways between the client and the server, by iperf3. Not thread-safe. */
final class LabLoad implements AutoCloseable {
  private static final int DOWNLOAD_PORT = 5201;
  private static final int UPLOAD_PORT = 5202;

  private final Host client;
  private final List<HostProcess> servers = new ArrayList<>();
  private final List<HostProcess> clients = new ArrayList<>();

  /** Starts the servers; nothing flows yet. */
  LabLoad(Host client, Host server) throws QosException {
    this.client = client;
    for (int port : new int[] {DOWNLOAD_PORT, UPLOAD_PORT}) {
      // Nobody reads what a server prints: it must not fill a pipe.
      servers.add(
          server.start(
              Command.of("iperf3", "-s", "-p", Integer.toString(port), "--logfile", "/dev/null")));
    }
  }

  /**
   * Lets it flow.
   *
   * @param streams parallel TCP connections in each direction
   * @param length when it ends by itself
   */
  void start(int streams, Duration length) throws QosException {
    clients.add(transfer(DOWNLOAD_PORT, streams, length, "-R"));
    clients.add(transfer(UPLOAD_PORT, streams, length));
  }

  private HostProcess transfer(int port, int streams, Duration length, String... more)
      throws HostException {
    List<String> argv =
        new ArrayList<>(List.of("iperf3", "-c", LabNetwork.SERVER, "-p", Integer.toString(port)));
    argv.addAll(List.of("-P", Integer.toString(streams), "-t", Long.toString(length.toSeconds())));
    argv.addAll(List.of(more));
    // The senders are CUBIC's, Linux's own default, whatever this machine prefers.
    argv.addAll(List.of("-C", "cubic"));
    // No interval reports: what it prints fits into a pipe that is read only when it fails.
    argv.addAll(List.of("-i", "0"));
    return client.start(Command.of(argv));
  }

  /**
   * Checks that it flows.
   *
   * @throws HostException if a transfer has ended already
   */
  void checkRunning() throws HostException {
    for (HostProcess process : clients) {
      if (!process.alive()) {
        throw new HostException(
            HostException.Kind.FAILED,
            "the laboratory's iperf3 ended with exit code %s before its time: %s"
                .formatted(process.exitCode(), errors(process)));
      }
    }
  }

  private static String errors(HostProcess process) {
    try {
      return new String(process.stderr().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Ends the transfers; the servers wait for the next. */
  void stop() {
    clients.forEach(HostProcess::close);
    clients.clear();
  }

  @Override
  public void close() {
    stop();
    servers.forEach(HostProcess::close);
    servers.clear();
  }
}
