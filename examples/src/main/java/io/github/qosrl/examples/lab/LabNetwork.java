package io.github.qosrl.examples.lab;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.ExitGuard;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.Hosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Five network namespaces in a row, joined by veth pairs without offloads:
 *
 * <pre>
 *   client             router              isp                core               server
 *     lan ------------ lan  wan ---------- user  net -------- isp  far --------- net
 *  10.77.1.2    10.77.1.1   10.77.2.2 10.77.2.1  10.77.3.1 .3.2   10.77.4.1   10.77.4.2
 * </pre>
 *
 * <p>{@code isp} holds the bottleneck, {@code core} the path's delay and loss (netem, half of the
 * delay each way), {@code router} the controller and an IFB device. The names carry the process id,
 * so that laboratories can stand side by side, and a dead one is recognised. Everything goes with
 * {@link #close}, and when this JVM is killed.
 */
public final class LabNetwork implements AutoCloseable {
  /** Where the download leaves the router, towards the client. */
  public static final String LAN = "lan";

  /** Where the upload leaves the router, towards the provider. */
  public static final String WAN = "wan";

  /** Where the router sends the download through, to shape it before the LAN. */
  public static final String IFB = "ifb-wan";

  /** Where the download leaves the provider, towards the router. */
  public static final String USER = "user";

  /** Where the upload leaves the provider, towards the core. */
  public static final String NET = "net";

  /** The router's address on the WAN: where the controller's pings come from. */
  static final String ROUTER = "10.77.2.2";

  /** The server's address. */
  public static final String SERVER = "10.77.4.2";

  /** More addresses of the server, for a controller to measure the delay to. */
  public static final List<String> REFLECTORS =
      List.of("10.77.4.11", "10.77.4.12", "10.77.4.13", "10.77.4.14", "10.77.4.15", "10.77.4.16");

  /** A kernel's defaults are too small for a path of 600 ms with 2 s of buffer: tcp(7). */
  private static final String TCP_MEMORY = "4096 131072 33554432";

  private static final String PREFIX = "qoslab-";
  private static final Pattern NAME = Pattern.compile("^" + PREFIX + "(\\d+)-[a-z]+");
  private static final List<String> PLACES = List.of("client", "router", "isp", "core", "server");

  private final Host local;
  private final ExitGuard guard;
  private final List<Host> hosts = new ArrayList<>();
  private boolean ifb;

  private LabNetwork(Host local, ExitGuard guard) {
    this.local = local;
    this.guard = guard;
  }

  /**
   * Builds the network, after removing what a dead laboratory left.
   *
   * @throws QosException if this user or machine cannot; nothing is left behind
   */
  public static LabNetwork create(Host local) throws QosException, InterruptedException {
    removeLeftovers(local);
    ExitGuard guard = ExitGuard.start(local);
    guard.undo(PLACES.stream().map(p -> Command.of("ip", "netns", "del", name(p))).toList());
    LabNetwork network = new LabNetwork(local, guard);
    try {
      network.build();
      return network;
    } catch (QosException | InterruptedException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** What keeps this user or machine from having a laboratory; empty if nothing does. */
  public static Optional<String> missing(Host local) throws InterruptedException {
    String probe = PREFIX + ProcessHandle.current().pid() + "-probe";
    try {
      for (String tool : List.of("ip", "tc", "ethtool", "iperf3", "ping")) {
        String flag = tool.equals("ethtool") || tool.equals("iperf3") ? "--version" : "-V";
        local.run(Command.of(tool, flag));
      }
      local.run(Command.of("ip", "netns", "add", probe)).orThrow();
      local.run(Command.of("ip", "netns", "del", probe)).orThrow();
      return Optional.empty();
    } catch (HostException e) {
      boolean denied = e.kind() == HostException.Kind.NOT_PERMITTED;
      return Optional.of(denied ? "the laboratory needs root: run it with sudo" : message(e));
    }
  }

  private static String message(HostException e) {
    return "the laboratory cannot be built: " + e.getMessage();
  }

  /** Removes the namespaces of laboratories whose process is gone. */
  private static void removeLeftovers(Host local) throws HostException, InterruptedException {
    String list = local.run(Command.of("ip", "netns", "list")).orThrow().stdout();
    for (String line : list.lines().toList()) {
      Matcher m = NAME.matcher(line);
      if (m.find() && !Files.exists(Path.of("/proc", m.group(1)))) {
        for (String pid : words(local.run(Command.of("ip", "netns", "pids", m.group())).stdout())) {
          local.run(Command.of("kill", "-9", pid));
        }
        local.run(Command.of("ip", "netns", "del", m.group())).orThrow();
      }
    }
  }

  private static List<String> words(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static String name(String place) {
    return PREFIX + ProcessHandle.current().pid() + "-" + place;
  }

  private void build() throws QosException, InterruptedException {
    StringBuilder batch = new StringBuilder();
    PLACES.forEach(place -> batch.append("netns add ").append(name(place)).append('\n'));
    cable(batch, "client", LAN, "router", LAN);
    cable(batch, "router", WAN, "isp", USER);
    cable(batch, "isp", NET, "core", "isp");
    cable(batch, "core", "far", "server", NET);
    local.run(Command.of("ip", "-batch", "-").withInput(batch.toString())).orThrow();
    for (String place : PLACES) {
      hosts.add(Hosts.netns(name(place)));
    }
    configure(client(), LAN + " 10.77.1.2", "default via 10.77.1.1");
    configure(router(), LAN + " 10.77.1.1, " + WAN + " " + ROUTER, "default via 10.77.2.1");
    configure(
        isp(),
        USER + " 10.77.2.1, " + NET + " 10.77.3.1",
        "10.77.1.0/24 via " + ROUTER,
        "10.77.4.0/24 via 10.77.3.2");
    configure(
        core(),
        "isp 10.77.3.2, far 10.77.4.1",
        "10.77.1.0/24 via 10.77.3.1",
        "10.77.2.0/24 via 10.77.3.1");
    configure(server(), NET + " " + SERVER, "default via 10.77.4.1");
    StringBuilder more = new StringBuilder();
    REFLECTORS.forEach(a -> more.append("addr add ").append(a).append("/24 dev " + NET + "\n"));
    server().run(Command.of("ip", "-batch", "-").withInput(more.toString())).orThrow();
    for (Host end : List.of(client(), server())) {
      for (String limit : List.of("tcp_rmem", "tcp_wmem")) {
        set(end, "/proc/sys/net/ipv4/" + limit, TCP_MEMORY);
      }
    }
    ifb = router().run(Command.of("ip", "link", "add", IFB, "type", "ifb")).ok();
    if (ifb) {
      router().run(Command.of("ip", "link", "set", IFB, "up")).orThrow();
      singlePackets(router(), IFB);
    }
  }

  /** A real link carries single packets of at most its MTU; so must the shapers see them. */
  private static void singlePackets(Host host, String device)
      throws QosException, InterruptedException {
    host.run(Command.of("ethtool", "-K", device, "tso", "off", "gso", "off", "gro", "off"))
        .orThrow();
  }

  private static void set(Host host, String setting, String value)
      throws QosException, InterruptedException {
    host.run(Command.of("tee", setting).withInput(value)).orThrow();
  }

  /**
   * Makes the path as long and as lossy as it shall be.
   *
   * @param rtt round-trip time, half of it each way
   * @param loss part of the packets lost each way, 0 to 1
   * @return whether it is so: not if the kernel has no netem
   */
  boolean lengthen(Duration rtt, double loss) throws QosException, InterruptedException {
    for (String device : List.of("isp", "far")) {
      Command add =
          Command.of(
              ("tc qdisc replace dev %s root netem limit 100000 delay %dus loss %.5f%%"
                      .formatted(device, rtt.toNanos() / 2000, 100 * loss))
                  .split(" ", -1));
      if (!core().run(add).ok()) {
        return rtt.isZero() && loss == 0;
      }
    }
    return true;
  }

  /** Has neither end write TCP timestamps. */
  void withoutTimestamps() throws QosException, InterruptedException {
    for (Host end : List.of(client(), server())) {
      set(end, "/proc/sys/net/ipv4/tcp_timestamps", "0");
    }
  }

  private static void cable(StringBuilder batch, String a, String aEnd, String b, String bEnd) {
    batch.append(
        "link add %s netns %s type veth peer name %s netns %s\n"
            .formatted(aEnd, name(a), bEnd, name(b)));
  }

  /**
   * @param interfaces {@code name address}, by commas
   */
  private static void configure(Host host, String interfaces, String... routes)
      throws QosException, InterruptedException {
    StringBuilder batch = new StringBuilder("link set lo up\n");
    for (String entry : interfaces.split(", ", -1)) {
      String[] word = entry.split(" ", 2);
      batch.append("addr add %s/24 dev %s\n".formatted(word[1], word[0]));
      batch.append("link set %s txqueuelen 1000 up\n".formatted(word[0]));
      singlePackets(host, word[0]);
    }
    for (String route : routes) {
      batch.append("route add ").append(route).append('\n');
    }
    host.run(Command.of("ip", "-batch", "-").withInput(batch.toString())).orThrow();
    set(host, "/proc/sys/net/ipv4/ip_forward", "1");
  }

  /** Where the user's computer is. */
  public Host client() {
    return hosts.get(0);
  }

  /** Where the controller runs. */
  public Host router() {
    return hosts.get(1);
  }

  /** Where the bottleneck is. */
  public Host isp() {
    return hosts.get(2);
  }

  /** Where the internet is: the path's delay. */
  public Host core() {
    return hosts.get(3);
  }

  /** Where the other end is. */
  public Host server() {
    return hosts.get(4);
  }

  /** Whether the router has an IFB device, to shape the download on the WAN's side. */
  boolean hasIfb() {
    return ifb;
  }

  /** Bytes that a direction has delivered: to the client, or beyond the bottleneck. */
  long delivered(Direction direction) throws HostException {
    String file =
        direction == Direction.DOWNLOAD
            ? LAN + "/statistics/rx_bytes"
            : NET + "/statistics/tx_bytes";
    Host host = direction == Direction.DOWNLOAD ? client() : isp();
    return Long.parseLong(host.read("/sys/class/net/" + file).strip());
  }

  /** The name of the router's namespace, as {@code ip netns} knows it. */
  public String routerNamespace() {
    return name("router");
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    hosts.forEach(Host::close);
    for (String place : PLACES) {
      try {
        local.run(Command.of("ip", "netns", "del", name(place)));
      } catch (HostException e) {
        // Was never made, or is gone; the guard's try, when this JVM ends, is the last.
        continue;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    guard.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
