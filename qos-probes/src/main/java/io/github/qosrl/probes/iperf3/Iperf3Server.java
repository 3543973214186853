package io.github.qosrl.probes.iperf3;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.internal.LineProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An iperf3 server for a lab: started, supervised and ended with this object. Serves one test at a
 * time. Thread-safe.
 *
 * <pre>{@code
 * try (Iperf3Server server = Iperf3Server.start(host, "10.0.0.1", 5201)) {
 *   // run Iperf3Probe against it
 * }
 * }</pre>
 */
public final class Iperf3Server implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(5);
  private static final Duration ANY_SILENCE = Duration.ofDays(3650);

  private final LineProcess process;
  private final int port;

  private Iperf3Server(LineProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server, and returns once it listens.
   *
   * @param host where it runs; stays the property of the caller
   * @param address the address to listen at; empty for all
   * @param port 1 to 65535
   * @throws Iperf3Exception if iperf3 is not installed, or does not listen within 5 seconds
   * @throws InterruptedException if the thread was interrupted; nothing is left running
   */
  public static Iperf3Server start(Host host, String address, int port)
      throws Iperf3Exception, InterruptedException {
    Command command =
        address.isEmpty()
            ? Command.of("iperf3", "-s", "--forceflush", "-p", Integer.toString(port))
            : Command.of(
                "iperf3", "-s", "--forceflush", "-p", Integer.toString(port), "-B", address);
    Lines lines = new Lines();
    Iperf3Server server;
    try {
      server =
          new Iperf3Server(
              LineProcess.start(
                  host, command, ANY_SILENCE, ANY_SILENCE, lines, MonotonicClock.system()),
              port);
    } catch (HostException e) {
      boolean missing = e.kind() == HostException.Kind.NOT_INSTALLED;
      throw new Iperf3Exception(
          missing ? Iperf3Exception.Kind.NOT_INSTALLED : Iperf3Exception.Kind.FAILED,
          missing
              ? "iperf3 is not installed; to fix: sudo apt-get install iperf3"
              : String.valueOf(e.getMessage()),
          e);
    }
    boolean listening = false;
    try {
      listening = lines.ended.await(START.toMillis(), TimeUnit.MILLISECONDS) && lines.listening;
    } finally {
      if (!listening) {
        server.close();
      }
    }
    if (!listening) {
      throw new Iperf3Exception(
          Iperf3Exception.Kind.FAILED,
          "'%s' does not listen (%s); to fix: choose a free port"
              .formatted(command, server.process.failure().orElse("it says nothing")));
    }
    return server;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }

  private static final class Lines implements LineProcess.Listener {
    final CountDownLatch ended = new CountDownLatch(1);
    volatile boolean listening;

    @Override
    public boolean line(String text, Instant at) {
      if (text.contains("Server listening on")) {
        listening = true;
        ended.countDown();
      }
      return true;
    }

    @Override
    public String explain(int exitCode, String stderr) {
      ended.countDown();
      return stderr.isEmpty() ? "exit code " + exitCode : stderr.lines().findFirst().orElse("");
    }
  }
}
