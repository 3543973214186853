package io.github.qosrl.examples.lab;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Equal applications of a scenario, sent by iperf3: all the time, or working and pausing in turn.
 * Not thread-safe.
 */
final class LabTransfer implements AutoCloseable {
  /** TCP_LISTEN, as proc(5) prints it. */
  private static final String LISTEN = "0A";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Host client;
  private final Traffic traffic;
  private final int streams;
  private final int port;
  private final Duration length;
  private final List<HostProcess> servers = new ArrayList<>();
  private final List<HostProcess> clients = new ArrayList<>();
  private long turns;

  /**
   * Starts the servers; nothing flows yet.
   *
   * @param port the first of two: a working time need not wait until the server has done with the
   *     one before
   * @param length when all of it ends
   */
  LabTransfer(Host client, Host server, Traffic traffic, int streams, int port, Duration length)
      throws HostException, InterruptedException {
    this.client = client;
    this.traffic = traffic;
    this.streams = streams;
    this.port = port;
    this.length = length;
    for (int i = 0; i < 2; i++) {
      // Nobody reads what a server prints: it must not fill a pipe.
      servers.add(
          server.start(
              Command.of(
                  "iperf3", "-s", "-p", Integer.toString(port + i), "--logfile", "/dev/null")));
    }
    try {
      awaitListening(server, port);
      awaitListening(server, port + 1);
    } catch (HostException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /** A client that came before its server listens would be refused, and end. */
  private static void awaitListening(Host server, int port)
      throws HostException, InterruptedException {
    MonotonicClock clock = MonotonicClock.system();
    Instant latest = clock.now().plus(PATIENCE);
    while (!listens(server, "/proc/net/tcp6", port) && !listens(server, "/proc/net/tcp", port)) {
      if (clock.now().isAfter(latest)) {
        throw new HostException(
            HostException.Kind.FAILED,
            "the laboratory's iperf3 does not listen on port %d after %s"
                .formatted(port, PATIENCE.toSeconds() + " s"));
      }
      clock.sleepUntil(clock.now().plus(POLL));
    }
  }

  /** Whether a table of sockets (proc(5)) has one of that port that listens. */
  private static boolean listens(Host server, String table, int port) {
    String end = ":%04X".formatted(port);
    try {
      return server
          .read(table)
          .lines()
          .map(line -> line.strip().split("\\s+", 5))
          .anyMatch(f -> f.length > 3 && f[1].endsWith(end) && f[3].equals(LISTEN));
    } catch (HostException e) {
      // A kernel without IPv6 has no such table.
      return false;
    }
  }

  Direction direction() {
    return traffic.direction();
  }

  /** Whether it should fill the link from the first moment on. */
  boolean fillsAtOnce() {
    return traffic.rate().isEmpty() && traffic.start().isZero();
  }

  /**
   * Starts what is due.
   *
   * @param elapsed since the load began
   */
  void advance(Duration elapsed) throws HostException {
    Duration working = elapsed.minus(traffic.start());
    if (working.isNegative()) {
      return;
    }
    boolean pauses = !traffic.off().isZero();
    long due = pauses ? 1 + working.dividedBy(traffic.on().plus(traffic.off())) : 1;
    if (turns < due) {
      turns = due;
      Duration rest = length.minus(elapsed);
      Duration time = pauses && traffic.on().compareTo(rest) < 0 ? traffic.on() : rest;
      clients.add(client.start(Command.of(argv(time, turns % 2 == 0))));
    }
  }

  private List<String> argv(Duration time, boolean second) {
    List<String> argv = new ArrayList<>(List.of("iperf3", "-c", LabNetwork.SERVER));
    argv.addAll(List.of("-p", Integer.toString(second ? port + 1 : port)));
    argv.addAll(List.of("-P", Integer.toString(streams)));
    argv.addAll(List.of("-t", Long.toString(Math.max(1, Math.round(time.toMillis() / 1e3)))));
    if (traffic.direction() == Direction.DOWNLOAD) {
      argv.add("-R");
    }
    if (traffic.transport() == Transport.CONSTANT) {
      argv.add("-u");
    } else {
      argv.addAll(List.of("-C", congestionControl(traffic.transport())));
    }
    traffic.rate().map(BitRate::bitsPerSecond).ifPresent(r -> argv.addAll(List.of("-b", "" + r)));
    // No interval reports: what it prints fits into a pipe that is read only when it fails.
    argv.addAll(List.of("-i", "0"));
    return argv;
  }

  /** What Linux calls a transport: a name of tcp_available_congestion_control (tcp(7)). */
  static String congestionControl(Transport transport) {
    return transport.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks that it flows.
   *
   * @throws HostException if a transfer has failed
   */
  void check() throws HostException {
    for (HostProcess process : clients) {
      boolean mayHaveEnded = !traffic.off().isZero() && process.exitCode().orElse(0) == 0;
      if (!process.alive() && !mayHaveEnded) {
        throw new HostException(
            HostException.Kind.FAILED,
            "the laboratory's iperf3 ended with exit code %s before its time: %s"
                .formatted(process.exitCode().orElse(-1), errors(process)));
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

  /** Ends it. */
  @Override
  public void close() {
    clients.forEach(HostProcess::close);
    clients.clear();
    servers.forEach(HostProcess::close);
    servers.clear();
  }
}
