package io.github.qosrl.examples.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.core.sim.Traffic;
import io.github.qosrl.core.sim.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Needs root and the tools of the laboratory. */
final class LabNetworkIT {
  private static final List<Traffic> TRAFFIC =
      Collections.nCopies(2, Traffic.bulk(Direction.DOWNLOAD, Transport.CUBIC));

  private final Host local = Hosts.local();

  @BeforeEach
  void needsTheLaboratory() throws Exception {
    Optional<String> missing = LabNetwork.missing(local);
    assumeTrue(missing.isEmpty(), missing::get);
  }

  @AfterEach
  void close() {
    local.close();
  }

  @Test
  void clientReachesServerThroughRouterAndProvider() throws Exception {
    try (LabNetwork network = LabNetwork.create(local)) {
      String route =
          network
              .client()
              .run(Command.of("ping", "-c", "1", "-R", "-n", LabNetwork.SERVER))
              .stdout();
      assertTrue(route.contains("10.77.2.2") && route.contains("10.77.3.1"), route);
    }
  }

  @Test
  void closingLeavesNoNamespace() throws Exception {
    LabNetwork network = LabNetwork.create(local);
    String name = network.routerNamespace();
    assertTrue(namespaces().contains(name));
    network.close();
    assertTrue(!namespaces().contains(name), namespaces());
  }

  @Test
  void leftoversOfADeadLaboratoryAreRemoved() throws Exception {
    // No process can have this id: the kernel's largest is 4194304 (proc(5), pid_max).
    local.run(Command.of("ip", "netns", "add", "qoslab-4999999-router")).orThrow();
    LabNetwork.create(local).close();
    assertTrue(!namespaces().contains("4999999"), namespaces());
  }

  @Test
  void bottleneckHoldsItsCapacityAndMovesItInPlace() throws Exception {
    BitRate ten = BitRate.ofMegabits(10);
    // Buffers of about 50 ms: TCP follows the capacity within a second or two.
    try (LabNetwork network = LabNetwork.create(local);
        Bottleneck bottleneck = new Bottleneck(network.isp(), ten, ten, 60_000, 60_000, false);
        LabLoad load =
            new LabLoad(network.client(), network.server(), TRAFFIC, Duration.ofSeconds(180))) {
      load.advance(Duration.ZERO);
      awaitMegabits(bottleneck, 7, 10);
      bottleneck.set(Direction.DOWNLOAD, BitRate.ofMegabits(30));
      awaitMegabits(bottleneck, 15, 30);
      load.check();
    }
  }

  @Test
  void theRoutersPingsAreServedBeforeTheUsersPacketsWhereIcmpIsApart() throws Exception {
    BitRate ten = BitRate.ofMegabits(10);
    try (LabNetwork network = LabNetwork.create(local);
        Bottleneck bottleneck =
            new Bottleneck(network.isp(), ten, ten, 1_000_000, 1_000_000, true);
        LabLoad load =
            new LabLoad(network.client(), network.server(), TRAFFIC, Duration.ofSeconds(60))) {
      load.advance(Duration.ZERO);
      awaitMegabits(bottleneck, 7, 10);
      double users = 0;
      for (int i = 0; i < 20 && users < 60; i++) {
        users = smallestPing(network.client());
      }
      assertTrue(users >= 60, "the users' queue: " + users + " ms");
      double apart = smallestPing(network.router());
      assertTrue(apart < users / 3, "apart: " + apart + " ms, the users': " + users + " ms");
      load.check();
    }
  }

  /** Smallest of five round trips to the server, in milliseconds. */
  private static double smallestPing(Host host) throws Exception {
    String output =
        host.run(Command.of("ping", "-n", "-c", "5", "-i", "0.2", LabNetwork.SERVER)).stdout();
    return output
        .lines()
        .filter(line -> line.contains(" time="))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* time=([0-9.]+) ms.*", "$1")))
        .min()
        .orElse(0);
  }

  @Test
  void theEndsWriteNoTimestampsIfTheyShallNot() throws Exception {
    try (LabNetwork network = LabNetwork.create(local)) {
      network.withoutTimestamps();
      for (Host end : List.of(network.client(), network.server())) {
        assertEquals("0", end.read("/proc/sys/net/ipv4/tcp_timestamps").strip());
      }
    }
  }

  /**
   * TCP takes its time to {@code least}, on a loaded machine more; above {@code capacity}, never.
   */
  private static void awaitMegabits(Bottleneck bottleneck, double least, double capacity)
      throws Exception {
    double seen = 0;
    for (int i = 0; i < 15 && seen < least; i++) {
      seen = megabits(bottleneck);
      assertTrue(seen < 1.1 * capacity, seen + " Mbit/s");
    }
    assertTrue(seen >= least, seen + " Mbit/s");
  }

  /** Over the longest time that it can have been: a pause of the machine makes it too low, only. */
  private static double megabits(Bottleneck bottleneck) throws Exception {
    long begin = System.nanoTime();
    long before = bottleneck.passed(Direction.DOWNLOAD);
    Thread.sleep(1500);
    long after = bottleneck.passed(Direction.DOWNLOAD);
    double seconds = (System.nanoTime() - begin) / 1e9;
    return (after - before) * 8 / seconds / 1e6;
  }

  private String namespaces() throws Exception {
    return local.run(Command.of("ip", "netns", "list")).orThrow().stdout();
  }
}
