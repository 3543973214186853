package io.github.qosrl.linux.tc;

import io.github.qosrl.core.contract.Namespaces;
import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.Hosts;
import java.time.Duration;
import java.util.List;

/**
 * A client, a router and a server, each in a network namespace of its own. The router's interfaces
 * are {@code lan} (towards the client) and {@code wan} (towards the server).
 */
final class RouterLab implements AutoCloseable {
  static final String SERVER = "192.0.2.2";
  static final String SERVER6 = "2001:db8:2::2";
  static final String CLIENT = "198.51.100.2";
  static final String CLIENT6 = "2001:db8:1::2";

  private final String prefix = "tc" + ProcessHandle.current().pid() % 100_000;
  private final Namespaces namespaces;
  final Host client = Hosts.netns(prefix + "-c");
  final Host router = Hosts.netns(prefix + "-r");
  final Host server = Hosts.netns(prefix + "-s");

  private RouterLab() throws HostException, InterruptedException {
    namespaces = Namespaces.make(prefix + "-c", prefix + "-r", prefix + "-s");
  }

  /** Sets it up, or skips the test with what is missing. */
  static RouterLab start() throws HostException, InterruptedException {
    Needs.program("tc");
    RouterLab lab = new RouterLab();
    boolean up = false;
    try {
      lab.setUp();
      up = true;
      return lab;
    } finally {
      if (!up) {
        lab.close();
      }
    }
  }

  private void setUp() throws HostException, InterruptedException {
    for (String name : List.of("c", "r", "s")) {
      ip("-n " + prefix + "-" + name + " link set lo up");
    }
    veth("c", "eth0", "r", "lan");
    veth("s", "eth0", "r", "wan");
    address("c", "eth0", CLIENT + "/24", CLIENT6 + "/64");
    address("r", "lan", "198.51.100.1/24", "2001:db8:1::1/64");
    address("r", "wan", "192.0.2.1/24", "2001:db8:2::1/64");
    address("s", "eth0", SERVER + "/24", SERVER6 + "/64");
    ip("-n " + prefix + "-c route add default via 198.51.100.1");
    ip("-n " + prefix + "-c -6 route add default via 2001:db8:1::1");
    ip("-n " + prefix + "-s route add default via 192.0.2.1");
    ip("-n " + prefix + "-s -6 route add default via 2001:db8:2::1");
    // A veth is up a moment after both of its ends were set up.
    for (int i = 0; i < 100 && configured().contains("DOWN"); i++) {}
    run(router, "sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
  }

  private void veth(String nsA, String a, String nsB, String b)
      throws HostException, InterruptedException {
    ip(
        "link add %s netns %s-%s type veth peer name %s netns %s-%s"
            .formatted(a, prefix, nsA, b, prefix, nsB));
  }

  private void address(String ns, String device, String v4, String v6)
      throws HostException, InterruptedException {
    String in = "-n " + prefix + "-" + ns;
    ip(in + " address add " + v4 + " dev " + device);
    ip(in + " -6 address add " + v6 + " dev " + device + " nodad");
    ip(in + " link set " + device + " up");
  }

  /** The router's namespace, as {@code ip netns} knows it. */
  String routerNamespace() {
    return prefix + "-r";
  }

  CommandResult ip(String arguments) throws HostException, InterruptedException {
    return run(namespaces.local(), "ip " + arguments);
  }

  /** Runs a command that must succeed. */
  static CommandResult run(Host host, String command) throws HostException, InterruptedException {
    return host.run(Command.of(command.split(" ")).within(Duration.ofSeconds(30))).orThrow();
  }

  /** What is configured on the router, without counters. */
  String configured() throws HostException, InterruptedException {
    StringBuilder text = new StringBuilder();
    text.append(run(router, "ip -br link").stdout().replaceAll("(?m) +\\S+:\\S+ .*$", ""));
    for (String device : interfaces()) {
      text.append(output("tc qdisc show dev " + device));
      output("tc class show dev " + device)
          .lines()
          .sorted()
          .forEach(line -> text.append(line).append('\n'));
      text.append(output("tc filter show dev " + device));
      text.append(output("tc filter show dev " + device + " ingress"));
    }
    // The kernel numbers actions as it likes, and frees a number some time after its action. What
    // it
    // sends of its own accord may pass before an HTB has classes.
    return text.toString()
        .replaceAll("index \\d+ ref", "index ref")
        .replaceAll(" direct_packets_stat \\d+", "");
  }

  /** What a command prints on the router; nothing if its interface went away meanwhile. */
  private String output(String command) throws HostException, InterruptedException {
    return router.run(Command.of(command.split(" "))).stdout();
  }

  private List<String> interfaces() throws HostException, InterruptedException {
    return run(router, "ls /sys/class/net").stdout().lines().filter(n -> !n.equals("lo")).toList();
  }

  @Override
  public void close() {
    client.close();
    router.close();
    server.close();
    namespaces.close();
  }
}
