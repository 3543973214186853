package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which link a {@link TcShaper} shapes. Good for one shaper; not thread-safe.
 *
 * <pre>{@code
 * try (TcShaper shaper = TcShaper.builder(host).wan("eth0").lan("eth1").htb()) {
 *   shaper.apply(ShapingPlan.of(BitRate.parse("20mbit"), BitRate.parse("5mbit")));
 * }
 * }</pre>
 */
public final class TcShaperBuilder {
  private final Host host;
  private @Nullable String wan;
  private @Nullable String lan;
  private @Nullable String ifb;
  private boolean replace;
  private MonotonicClock clock = MonotonicClock.system();
  private QueueOptions options = QueueOptions.DEFAULT;

  TcShaperBuilder(Host host) {
    this.host = host;
  }

  /** The interface that faces the network: the upload leaves by it. */
  public TcShaperBuilder wan(String name) {
    wan = name;
    return this;
  }

  /** The interface that faces the user: the download leaves by it, and is shaped there. */
  public TcShaperBuilder lan(String name) {
    lan = name;
    return this;
  }

  /**
   * Shapes the download where it arrives on the WAN interface, by way of this IFB device. Made, and
   * removed again, if it is not there.
   */
  public TcShaperBuilder ifb(String name) {
    ifb = name;
    return this;
  }

  /**
   * Whether to take the place of root qdiscs that somebody else configured, and to put them back
   * afterwards. Otherwise they are an error.
   */
  public TcShaperBuilder replace(boolean yes) {
    replace = yes;
    return this;
  }

  /** How long packets may wait, and the traffic classes. */
  public TcShaperBuilder queues(QueueOptions newOptions) {
    options = newOptions;
    return this;
  }

  TcShaperBuilder clock(MonotonicClock newClock) {
    clock = newClock;
    return this;
  }

  /** A shaper with a token bucket filter on each interface. Throws as {@link #htb()}. */
  public TcShaper tbf() throws QosException, InterruptedException {
    return build(new TbfDiscipline(options.queue()));
  }

  /**
   * A shaper with a hierarchical token bucket on each interface. It has looked at its interfaces
   * and changed nothing yet.
   *
   * @throws QosException if {@code tc} is not installed, an interface is not there, or its root
   *     belongs to somebody else
   * @throws IllegalStateException if the interfaces are contradictory, or none is given
   */
  public TcShaper htb() throws QosException, InterruptedException {
    return build(new HtbDiscipline(options.trafficClasses(), new Leaf.Fifo(options.queue())));
  }

  /** A shaper with HTB over fq_codel on each interface. Throws as {@link #htb()}. */
  public TcShaper htbFqCodel() throws QosException, InterruptedException {
    return build(new HtbDiscipline(options.trafficClasses(), new Leaf.FqCodel()));
  }

  /** A shaper with CAKE on each interface. Throws as {@link #htb()}. */
  public TcShaper cake() throws QosException, InterruptedException {
    return build(new CakeDiscipline(CakeOptions.DEFAULT));
  }

  TcShaper build(Discipline discipline) throws QosException, InterruptedException {
    if ((wan == null && lan == null) || (ifb != null && (wan == null || lan != null))) {
      throw new IllegalStateException("needs wan, lan, wan and lan, or wan and ifb");
    }
    TcSession session = TcSession.open(host);
    boolean ready = false;
    try {
      Kernel kernel = new Kernel(host, session);
      LinkLocks locks = new LinkLocks(host);
      List<Port> ports = ports(discipline, kernel, locks);
      for (Port port : ports) {
        port.inspect();
      }
      ready = true;
      return new TcShaper(kernel, session, locks, clock, ports, discipline.classNames());
    } finally {
      if (!ready) {
        session.close();
      }
    }
  }

  private List<Port> ports(Discipline discipline, Kernel kernel, LinkLocks locks) {
    List<Port> ports = new ArrayList<>();
    String up = wan;
    if (up != null) {
      ports.add(new Port(Direction.UPLOAD, checked(up), discipline, kernel, locks, null, replace));
    }
    String down = lan;
    if (down != null) {
      ports.add(
          new Port(Direction.DOWNLOAD, checked(down), discipline, kernel, locks, null, replace));
    }
    String by = ifb;
    if (by != null && up != null) {
      Ingress ingress = new Ingress(up, checked(by), kernel);
      ports.add(new Port(Direction.DOWNLOAD, by, discipline, kernel, locks, ingress, replace));
    }
    return ports;
  }

  private static String checked(String name) {
    if (!Device.isName(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' is not an interface name: at most 15 letters, digits and _.:@+=-");
    }
    return name;
  }
}
