package io.github.qosrl.probes.iperf3;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How to run an iperf3 test. Immutable and thread-safe.
 *
 * @param server name or address
 * @param ports ports to try in turn when one is busy, at least one
 * @param mode which directions to test
 * @param udp whether to test with UDP, which reports loss and jitter, instead of TCP
 * @param rate the rate to send at; empty for as fast as TCP can (UDP needs one)
 * @param duration how long to send in each direction, 1 s to 60 s, whole seconds
 * @param omit how much of the start to leave out of the result, 0 s to 10 s, whole seconds
 * @param streams parallel streams, 1 to 64
 * @param bind the source address; empty for the system's choice
 * @param interfaceName the interface to send on; empty for the system's choice
 * @param budget the most bytes of payload that a measurement may transfer in all; 0 for no bound. A
 *     budget bounds each test by bytes; the duration then bounds it as well.
 */
public record Iperf3Options(
    String server,
    List<Integer> ports,
    Mode mode,
    boolean udp,
    Optional<BitRate> rate,
    Duration duration,
    Duration omit,
    int streams,
    String bind,
    String interfaceName,
    long budget) {

  /** Which directions to test. */
  public enum Mode {
    /** From the server to here. */
    DOWN,
    /** From here to the server. */
    UP,
    /** First down, then up. */
    BOTH,
    /** Both at the same time. */
    BIDIR
  }

  /**
   * @throws IllegalArgumentException if a value is out of its range; lists all that are
   */
  public Iperf3Options {
    ports = List.copyOf(ports);
    List<String> problems = new ArrayList<>();
    require(problems, !server.isBlank() && !server.startsWith("-"), "server is missing");
    require(problems, !ports.isEmpty(), "no ports");
    for (int port : ports) {
      require(problems, port >= 1 && port <= 65535, "port " + port + " is not within 1 to 65535");
    }
    require(problems, !udp || rate.isPresent(), "a UDP test needs a rate");
    require(problems, wholeSeconds(duration, 1, 60), "duration is not 1 to 60 whole seconds");
    require(problems, wholeSeconds(omit, 0, 10), "omit is not 0 to 10 whole seconds");
    require(problems, streams >= 1 && streams <= 64, "streams is not within 1 to 64");
    require(problems, !bind.startsWith("-"), "bind is not an address");
    require(problems, !interfaceName.startsWith("-"), "interface is not a name");
    require(problems, budget >= 0, "budget is negative");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private static void require(List<String> problems, boolean condition, String problem) {
    if (!condition) {
      problems.add(problem);
    }
  }

  private static boolean wholeSeconds(Duration time, long min, long max) {
    return time.toNanosPart() == 0 && time.toSeconds() >= min && time.toSeconds() <= max;
  }

  /** The defaults: TCP on port 5201, both directions in turn, 5 s each, one stream, no bounds. */
  public static Iperf3Options of(String server) {
    return new Iperf3Options(
        server,
        List.of(5201),
        Mode.BOTH,
        false,
        Optional.empty(),
        Duration.ofSeconds(5),
        Duration.ZERO,
        1,
        "",
        "",
        0);
  }

  /** The same with other ports. */
  public Iperf3Options withPorts(List<Integer> newPorts) {
    return new Iperf3Options(
        server, newPorts, mode, udp, rate, duration, omit, streams, bind, interfaceName, budget);
  }

  /** The same with other directions and another duration. */
  public Iperf3Options withTest(Mode newMode, Duration newDuration) {
    return new Iperf3Options(
        server, ports, newMode, udp, rate, newDuration, omit, streams, bind, interfaceName, budget);
  }

  /** The same, sent by an interface and from an address; empty for the system's choice. */
  Iperf3Options boundTo(String newInterface, String address) {
    return new Iperf3Options(
        server, ports, mode, udp, rate, duration, omit, streams, address, newInterface, budget);
  }

  /** The same with UDP at a rate. */
  public Iperf3Options withUdp(BitRate newRate) {
    return new Iperf3Options(
        server,
        ports,
        mode,
        true,
        Optional.of(newRate),
        duration,
        omit,
        streams,
        bind,
        interfaceName,
        budget);
  }

  /** The same with a bound on the bytes transferred. */
  public Iperf3Options withBudget(long bytes) {
    return new Iperf3Options(
        server, ports, mode, udp, rate, duration, omit, streams, bind, interfaceName, bytes);
  }

  /** The same with parallel streams and an omitted start. */
  public Iperf3Options withStreams(int count, Duration omitted) {
    return new Iperf3Options(
        server, ports, mode, udp, rate, duration, omitted, count, bind, interfaceName, budget);
  }
}
