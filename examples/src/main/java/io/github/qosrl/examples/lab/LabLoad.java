package io.github.qosrl.examples.lab;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A scenario's traffic between the client and the server, by iperf3. Not thread-safe. */
final class LabLoad implements AutoCloseable {
  private static final int FIRST_PORT = 5201;
  private static final String AVAILABLE = "/proc/sys/net/ipv4/tcp_available_congestion_control";

  private final List<LabTransfer> transfers = new ArrayList<>();

  /**
   * Starts the servers, and waits until they listen; nothing flows yet.
   *
   * @param length when all of it ends by itself
   * @throws QosException if this kernel, or iperf3, cannot send such traffic
   */
  LabLoad(Host client, Host server, List<Traffic> traffic, Duration length)
      throws QosException, InterruptedException {
    Map<Traffic, Integer> equal = new LinkedHashMap<>();
    traffic.forEach(t -> equal.merge(t, 1, Integer::sum));
    requirePossible(client, equal.keySet());
    try {
      int port = FIRST_PORT;
      for (Map.Entry<Traffic, Integer> group : equal.entrySet()) {
        transfers.add(
            new LabTransfer(client, server, group.getKey(), group.getValue(), port, length));
        port += 2;
      }
    } catch (HostException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private static void requirePossible(Host client, Set<Traffic> kinds) throws QosException {
    List<String> available = List.of(client.read(AVAILABLE).strip().split("\\s+", -1));
    for (Traffic traffic : kinds) {
      String wanted = LabTransfer.congestionControl(traffic.transport());
      if (traffic.transport() != Transport.CONSTANT && !available.contains(wanted)) {
        throw new QosException(
            "this kernel has no TCP congestion control '%s'; it has: %s; to fix: modprobe tcp_%1$s"
                .formatted(wanted, String.join(", ", available)));
      }
      if (!traffic.every().isZero()) {
        throw new QosException(
            "the laboratory cannot send video in segments; accepted: bulk, limited, on-off and voice");
      }
    }
  }

  /** Starts what is due. */
  void advance(Duration elapsed) throws HostException {
    for (LabTransfer transfer : transfers) {
      transfer.advance(elapsed);
    }
  }

  /** The directions that are full from the first moment on. */
  Set<Direction> filled() {
    Set<Direction> filled = EnumSet.noneOf(Direction.class);
    transfers.stream().filter(LabTransfer::fillsAtOnce).forEach(t -> filled.add(t.direction()));
    return Collections.unmodifiableSet(filled);
  }

  /**
   * Checks that it flows.
   *
   * @throws HostException if a transfer has failed
   */
  void check() throws HostException {
    for (LabTransfer transfer : transfers) {
      transfer.check();
    }
  }

  /** Ends it. */
  @Override
  public void close() {
    transfers.forEach(LabTransfer::close);
    transfers.clear();
  }
}
