package io.github.qosrl.probes.iperf3;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.iperf3.Iperf3Exception.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run of the iperf3 client, whatever the port that answers. */
final class Iperf3Run {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration SPARE = Duration.ofSeconds(1);

  /**
   * iperf3 3.16 and later count whole blocks only, and one of its usual 128 KiB is a second of 1
   * Mbit/s. Smaller ones than these take CPU time at 10 Gbit/s.
   */
  private static final String TCP_BLOCK = "8K";

  private final Host host;
  private final Iperf3Options options;

  Iperf3Run(Host host, Iperf3Options options) {
    this.host = host;
    this.options = options;
  }

  /**
   * Runs a test.
   *
   * @param extra {@code -R}, {@code --bidir} or nothing
   * @param bytes the most bytes to transfer; 0 for no bound
   * @param timeout the longest it may take, all ports together
   * @throws Iperf3Exception if no port gave a result
   */
  Iperf3Report run(List<String> extra, long bytes, Duration timeout)
      throws Iperf3Exception, InterruptedException {
    Iperf3Exception busy = null;
    for (int port : options.ports()) {
      try {
        return runOnce(command(extra, bytes, port, timeout), port, timeout);
      } catch (Iperf3Exception e) {
        if (e.kind() != Kind.BUSY) {
          throw e;
        }
        busy = e;
      }
    }
    if (busy == null) {
      throw new Iperf3Exception(Kind.FAILED, "no ports to try");
    }
    throw busy;
  }

  private Iperf3Report runOnce(Command command, int port, Duration timeout)
      throws Iperf3Exception, InterruptedException {
    CommandResult result;
    try {
      result = host.run(command);
    } catch (HostException e) {
      throw couldNotRun(e, timeout);
    }
    Iperf3Report report;
    try {
      report = Iperf3Report.parse(result.stdout());
    } catch (IllegalArgumentException e) {
      throw noReport(result, e);
    }
    boolean cutShort = report.error().startsWith("interrupt");
    if (report.error().isEmpty() && report.forward().isPresent()) {
      return report;
    }
    if (cutShort || result.exitCode() == 124) {
      throw new Iperf3Exception(
          Kind.TIMED_OUT,
          "iperf3 to %s did not end within %d ms and was stopped; to fix: give it more time, or a shorter duration"
              .formatted(options.server(), timeout.toMillis()));
    }
    throw failure(report.error(), port);
  }

  /**
   * The command. iperf3 has no bound on the whole run of its own, so coreutils' {@code timeout}
   * ends it, kindly: the server hears of it and is free for the next client.
   */
  private Command command(List<String> extra, long bytes, int port, Duration timeout) {
    double seconds = Math.max(0.1, timeout.minus(SPARE).toMillis() / 1e3);
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("timeout", "-k", "1", "-s", "INT", Double.toString(seconds)));
    argv.addAll(List.of("iperf3", "-J", "-c", options.server(), "-p", Integer.toString(port)));
    long connect = Math.min(CONNECT.toMillis(), Math.max(100, (long) (seconds * 500)));
    argv.addAll(List.of("--connect-timeout", Long.toString(connect)));
    if (bytes > 0) {
      argv.addAll(List.of("-n", Long.toString(bytes)));
    } else {
      argv.addAll(List.of("-t", Long.toString(options.duration().toSeconds())));
    }
    if (!options.omit().isZero()) {
      argv.addAll(List.of("-O", Long.toString(options.omit().toSeconds())));
    }
    argv.addAll(options.udp() ? List.of("-u") : List.of("-l", TCP_BLOCK));
    options.rate().ifPresent(r -> argv.addAll(List.of("-b", Long.toString(r.bitsPerSecond()))));
    if (options.streams() > 1) {
      argv.addAll(List.of("-P", Integer.toString(options.streams())));
    }
    if (!options.bind().isEmpty()) {
      argv.addAll(List.of("-B", options.bind()));
    }
    if (!options.interfaceName().isEmpty()) {
      argv.addAll(List.of("--bind-dev", options.interfaceName()));
    }
    argv.addAll(extra);
    return Command.of(argv).within(timeout.plusSeconds(2));
  }

  private Iperf3Exception couldNotRun(HostException e, Duration timeout) {
    return switch (e.kind()) {
      case NOT_INSTALLED -> notInstalled();
      case TIMED_OUT ->
          new Iperf3Exception(
              Kind.TIMED_OUT,
              "iperf3 to %s hung for %d ms and was killed"
                  .formatted(options.server(), timeout.toMillis()),
              e);
      default -> new Iperf3Exception(Kind.FAILED, String.valueOf(e.getMessage()), e);
    };
  }

  private Iperf3Exception noReport(CommandResult result, IllegalArgumentException e) {
    if (result.exitCode() == 127 || result.stderr().contains("No such file")) {
      return notInstalled();
    }
    if (result.exitCode() == 124 || result.exitCode() == 137) {
      return new Iperf3Exception(
          Kind.TIMED_OUT, "iperf3 to " + options.server() + " did not end in time", e);
    }
    String said = result.stderr().strip();
    return new Iperf3Exception(
        Kind.FAILED,
        "'%s' gave no report (exit code %d%s)"
            .formatted(
                result.command(),
                result.exitCode(),
                said.isEmpty() ? "" : ": " + said.lines().findFirst().orElse("")),
        e);
  }

  private static Iperf3Exception notInstalled() {
    return new Iperf3Exception(
        Kind.NOT_INSTALLED, "iperf3 is not installed; to fix: sudo apt-get install iperf3");
  }

  /** iperf3's messages: iperf_error.c of iperf 3.12. */
  private Iperf3Exception failure(String error, int port) {
    String where = options.server() + " port " + port;
    if (error.contains("server is busy")) {
      return new Iperf3Exception(
          Kind.BUSY,
          "the iperf3 server %s runs another test; to fix: try later, or list more ports"
              .formatted(where));
    }
    if (error.contains("Name or service not known")
        || error.contains("name resolution")
        || error.contains("No address associated")
        || error.contains("Resource temporarily unavailable")) {
      return new Iperf3Exception(
          Kind.UNRESOLVABLE,
          "the iperf3 server '%s' has no address (%s); to fix: check the name and this machine's DNS"
              .formatted(options.server(), error));
    }
    if (error.contains("unable to connect") || error.contains("unable to send control")) {
      return new Iperf3Exception(
          Kind.UNREACHABLE,
          "no iperf3 server answers at %s (%s); to fix: run 'iperf3 -s -p %d' there, and let the port through its firewall"
              .formatted(where, error, port));
    }
    return new Iperf3Exception(
        Kind.FAILED,
        "iperf3 to %s failed: %s"
            .formatted(where, error.isEmpty() ? "it reports no result" : error));
  }
}
