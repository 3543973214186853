package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads what the shaper has counted: bytes, packets, drops, times a packet was held back, and what
 * waits now. A continuous probe; one read costs a fraction of a millisecond and no process.
 *
 * <p>Each direction's interface is read at its root, whoever put the qdisc there, and below it by
 * HTB class and CAKE tin. Metrics of a class or tin have the scope {@code DIRECTION/NAME}, for
 * example {@code drops[upload/high]}. A direction whose interface has no qdisc that counts, or is
 * not there, is absent; if none can be read, that is an exception. A qdisc that was made anew
 * starts at zero, and so does its window.
 */
public final class TcStatsProbe implements Probe {
  private static final Duration IDLE_PERIOD = Duration.ofSeconds(1);

  private final Host host;
  private final TcSession session;
  private final Kernel kernel;
  private final MonotonicClock clock;
  private final Map<Direction, String> devices;
  private final Map<String, String> classNames;
  private final Map<String, Counters> before = new HashMap<>();
  private final Map<String, ScopeMetrics> metrics = new ConcurrentHashMap<>();
  private final Map<String, HostFile> indexes = new LinkedHashMap<>();
  private Instant from;
  private volatile boolean closed;

  private TcStatsProbe(
      Host host,
      TcSession session,
      MonotonicClock clock,
      Map<Direction, String> devices,
      Map<String, String> classNames) {
    this.host = host;
    this.session = session;
    this.kernel = new Kernel(host, session);
    this.clock = clock;
    this.devices = new TreeMap<>(devices);
    this.classNames = Map.copyOf(classNames);
    this.from = clock.now();
    devices.values().forEach(device -> indexes.put(device, Device.indexFile(host, device)));
  }

  /**
   * A probe whose first window starts now.
   *
   * @param devices the interface by which each direction's traffic leaves
   * @param classNames what to call an HTB class, by its id: {@code 905:10} → {@code high}; others
   *     go by their id
   * @throws ProbeException if {@code tc} is not installed
   */
  static TcStatsProbe open(
      Host host,
      Map<Direction, String> devices,
      Map<String, String> classNames,
      MonotonicClock clock)
      throws ProbeException, InterruptedException {
    TcStatsProbe probe;
    try {
      probe = new TcStatsProbe(host, TcSession.open(host), clock, devices, classNames);
    } catch (TcException e) {
      throw new ProbeException(String.valueOf(e.getMessage()), e);
    }
    boolean ready = false;
    try {
      probe.read().forEach((scope, counters) -> probe.before.put(scope, counters));
      ready = true;
      return probe;
    } catch (TcException e) {
      throw new ProbeException(String.valueOf(e.getMessage()), e);
    } finally {
      if (!ready) {
        probe.close();
      }
    }
  }

  @Override
  public Set<Metric> metrics() {
    Set<Metric> all = new LinkedHashSet<>();
    List<String> scopes = new ArrayList<>();
    for (Direction direction : devices.keySet()) {
      scopes.add(direction.label());
      classNames.values().forEach(name -> scopes.add(direction.label() + "/" + name));
    }
    scopes.addAll(before.keySet());
    scopes.forEach(scope -> all.addAll(metricsOf(scope).all()));
    return all;
  }

  /** On an idle link nothing waits and nothing is dropped: once a second is enough. */
  @Override
  public Duration pace(Pace pace) {
    return pace == Pace.IDLE ? IDLE_PERIOD : Duration.ZERO;
  }

  @Override
  public Measurement measure(Duration timeout) throws ProbeException, InterruptedException {
    if (closed) {
      throw new ProbeException("this probe is closed");
    }
    Map<String, Counters> now;
    try {
      now = read();
    } catch (TcException e) {
      throw new ProbeException(String.valueOf(e.getMessage()), e);
    }
    if (now.isEmpty()) {
      throw new ProbeException(
          "on %s, none of the interfaces %s has a qdisc whose counters could be read; shape the"
                  .formatted(host.name(), devices.values())
              + " link first");
    }
    Instant to = clock.now();
    Measurement.Builder window = Measurement.builder(from, to);
    now.forEach(
        (scope, total) ->
            metricsOf(scope).put(window, total.since(before.getOrDefault(scope, Counters.ZERO))));
    before.clear();
    before.putAll(now);
    from = to;
    return window.build();
  }

  private ScopeMetrics metricsOf(String scope) {
    return metrics.computeIfAbsent(scope, ScopeMetrics::of);
  }

  /** All counters by scope, in one exchange; without those that cannot be read. */
  private Map<String, Counters> read() throws TcException, InterruptedException {
    List<String> commands = new ArrayList<>();
    for (Map.Entry<String, HostFile> index : indexes.entrySet()) {
      OptionalInt number = Device.index(index.getValue());
      if (number.isPresent()) {
        session.notice(index.getKey(), number.getAsInt());
      }
    }
    for (String device : devices.values()) {
      commands.add(Discipline.showClasses(device));
      commands.add(Discipline.showQdiscs(device));
    }
    TcReply reply = kernel.send(commands);
    Map<String, Counters> counters = new LinkedHashMap<>();
    for (Map.Entry<Direction, String> entry : devices.entrySet()) {
      try {
        add(counters, entry.getKey().label(), kernel.understood(reply, entry.getValue()));
      } catch (ShaperException e) {
        // Absent: the interface is not there, or what tc shows of it is not understood.
      }
    }
    return counters;
  }

  private void add(Map<String, Counters> counters, String direction, InterfaceState state) {
    QdiscState root = state.root().orElse(null);
    if (root == null || root.kind().startsWith("no")) {
      // noqueue and noop count nothing.
      return;
    }
    counters.put(direction, root.counters());
    for (ClassState c : state.classes()) {
      if (!c.id().endsWith(":1")) {
        counters.put(
            direction + "/" + classNames.getOrDefault(c.id(), c.id().replace(':', '.')),
            c.counters());
      }
    }
    List<String> names = CakeTins.names(root);
    for (int i = 0; i < root.tins().size(); i++) {
      counters.put(direction + "/" + names.get(i), root.tins().get(i));
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      indexes.values().forEach(HostFile::close);
      session.close();
    }
  }
}
