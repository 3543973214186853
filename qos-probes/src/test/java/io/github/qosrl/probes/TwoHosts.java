package io.github.qosrl.probes;

import io.github.qosrl.core.contract.Namespaces;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.Hosts;
import org.jspecify.annotations.Nullable;

/** Two network namespaces with a cable between them, for tests on the real kernel. */
public final class TwoHosts implements AutoCloseable {
  /** Addresses of the far end, all of which answer. */
  public static final String FAR = "10.213.7.2";

  public static final String FAR_TOO = "10.213.7.3";
  public static final String FAR_IPV6 = "fd00:213:7::2";

  /** An address whose packets are sent, and never answered. */
  public static final String SILENT = "10.213.7.66";

  public static final String NEAR = "10.213.7.1";

  private final Namespaces namespaces;
  private final String farName;
  private final Host near;
  private final Host far;

  private TwoHosts(String name) throws HostException, InterruptedException {
    String nearName = "probes-" + name + "-n";
    farName = "probes-" + name + "-f";
    namespaces = Namespaces.make(nearName, farName);
    near = Hosts.netns(nearName);
    far = Hosts.netns(farName);
  }

  /** Makes them; skips the test where the machine cannot. */
  public static TwoHosts make(String name) throws Exception {
    TwoHosts hosts = new TwoHosts(name);
    try {
      hosts.build();
    } catch (Exception e) {
      hosts.close();
      throw e;
    }
    return hosts;
  }

  private void build() throws HostException, InterruptedException {
    run(near, "ip link add wan0 type veth peer name eth0 netns " + farName);
    for (Host host : new Host[] {near, far}) {
      run(host, "ip link set lo up");
    }
    cable();
  }

  private void cable() throws HostException, InterruptedException {
    run(near, "ip addr add " + NEAR + "/24 dev wan0");
    run(near, "ip -6 addr add fd00:213:7::1/64 dev wan0 nodad");
    for (String address : new String[] {FAR, FAR_TOO}) {
      run(far, "ip addr add " + address + "/24 dev eth0");
    }
    run(far, "ip -6 addr add " + FAR_IPV6 + "/64 dev eth0 nodad");
    run(near, "ethtool -K wan0 tx off tso off gso off gro off");
    run(far, "ethtool -K eth0 tx off tso off gso off gro off");
    run(near, "ip link set wan0 up");
    run(far, "ip link set eth0 up");
    run(near, "ip neigh replace " + SILENT + " lladdr 02:00:00:00:00:99 dev wan0");
  }

  /** Unplugs the cable: the interface is gone. */
  public void unplug() throws HostException, InterruptedException {
    run(near, "ip link del wan0");
  }

  /** Plugs in a new cable: interfaces of the same names. */
  public void plugIn() throws HostException, InterruptedException {
    run(near, "ip link add wan0 type veth peer name eth0 netns " + farName);
    cable();
  }

  public Host near() {
    return near;
  }

  public Host far() {
    return far;
  }

  /** Runs a command given as words with blanks between. */
  public static CommandResult run(Host host, String command)
      throws HostException, InterruptedException {
    return host.run(Command.of(command.split(" "))).orThrow();
  }

  @Override
  public void close() {
    near.close();
    far.close();
    namespaces.close();
  }

  /** Closes what a test has opened; where it is skipped, that is nothing. */
  public static void closeAll(@Nullable AutoCloseable... opened) throws Exception {
    for (AutoCloseable one : opened) {
      if (one != null) {
        one.close();
      }
    }
  }
}
