package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.control.EventSource;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enforces plans with Linux traffic control.
 *
 * <p>The first plan that limits a direction takes the root of its interface, by an exclusive {@code
 * add}; later plans change the rate in place, so that no queued packet is lost. All changes of a
 * plan travel together and are acknowledged by a read. What stands is looked at again once a
 * second, by the next {@link #apply}: an interface that was made anew, or a qdisc that somebody
 * removed or changed, gets its limit back. Closing the shaper puts every interface back as it was
 * found, and so does the end of the JVM, however it ends.
 *
 * <p>Thread-safe.
 */
public final class TcShaper implements Shaper, EventSource {
  private static final Logger LOG = LoggerFactory.getLogger(TcShaper.class);

  /** How long what was acknowledged is taken for granted. */
  static final Duration RECHECK = Duration.ofSeconds(1);

  private final Kernel kernel;
  private final TcSession session;
  private final MonotonicClock clock;
  private final Map<Direction, Port> ports = new LinkedHashMap<>();
  private final Custody custody;
  private final List<String> classNames;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile ShapingPlan current = ShapingPlan.UNLIMITED;
  private volatile Consumer<LoopEvent> events = event -> {};
  private Instant checked = Instant.MIN;
  private boolean closed;

  TcShaper(
      Kernel kernel,
      TcSession session,
      LinkLocks locks,
      MonotonicClock clock,
      List<Port> ports,
      List<String> classNames) {
    this.kernel = kernel;
    this.session = session;
    this.clock = clock;
    this.custody = new Custody(ports, locks, new Undoing(kernel.host(), locks));
    this.classNames = List.copyOf(classNames);
    ports.forEach(port -> this.ports.put(port.direction(), port));
  }

  /** Starts with nothing but defaults; a WAN or LAN interface is needed. */
  public static TcShaperBuilder builder(Host host) {
    return new TcShaperBuilder(host);
  }

  /** For tests that end its process. */
  TcSession session() {
    return session;
  }

  @Override
  public void events(Consumer<LoopEvent> sink) {
    events = sink;
  }

  @Override
  public ShapingPlan current() {
    return current;
  }

  @Override
  public void apply(ShapingPlan plan) throws ShaperException, InterruptedException {
    turn.lockInterruptibly();
    try {
      requireAbility(plan);
      Instant now = clock.now();
      boolean due = !now.isBefore(checked.plus(RECHECK));
      if (plan.equals(current) && !due) {
        return;
      }
      try {
        enforce(plan, due);
      } finally {
        current = inForce(plan);
      }
      if (due) {
        checked = now;
      }
    } finally {
      turn.unlock();
    }
  }

  private void enforce(ShapingPlan plan, boolean due) throws ShaperException, InterruptedException {
    try {
      bring(plan, due);
    } catch (TcException e) {
      LOG.warn("{}; trying again", e.getMessage());
      retry(plan, due);
    }
  }

  /**
   * The exact commands that {@link #apply} would run now. Changes nothing, and needs no privilege.
   *
   * @throws ShaperException if the plan cannot be put in force on this link
   */
  public List<String> preview(ShapingPlan plan) throws ShaperException, InterruptedException {
    turn.lockInterruptibly();
    try {
      requireAbility(plan);
      List<String> commands = new ArrayList<>();
      for (Port port : ports.values()) {
        Limit limit = Limit.of(plan, port.direction()).orElse(null);
        if (limit == null) {
          commands.addAll(port.isOwned() ? port.undo() : List.of());
        } else if (port.isOwned()) {
          port.change(limit).forEach(c -> commands.add("tc " + c));
        } else {
          commands.addAll(port.preview(limit));
        }
      }
      return commands;
    } finally {
      turn.unlock();
    }
  }

  private void requireAbility(ShapingPlan plan) throws ShaperException {
    if (closed) {
      throw new ShaperException("this shaper is closed");
    }
    for (Direction direction : Direction.values()) {
      if (plan.limits(direction) && !ports.containsKey(direction)) {
        throw new ShaperException(
            "the plan limits the %s, but no interface for it is configured; set %s"
                .formatted(
                    direction.label(),
                    direction == Direction.UPLOAD ? "'wan'" : "'lan', or 'wan' and 'ifb'"));
      }
      for (String name : plan.shares(direction).keySet()) {
        if (!classNames.contains(name)) {
          throw new ShaperException(
              "the plan names the traffic class '%s'; this shaper has %s"
                  .formatted(name, classNames.isEmpty() ? "none" : classNames));
        }
      }
    }
  }

  private void retry(ShapingPlan plan, boolean due) throws ShaperException, InterruptedException {
    try {
      bring(plan, due);
    } catch (TcException e) {
      throw new ShaperException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Brings every port to what the plan says of it; a failure of one does not stop the others. */
  private void bring(ShapingPlan plan, boolean due)
      throws ShaperException, TcException, InterruptedException {
    Failures failures = new Failures();
    if (due) {
      failures.collect(() -> custody.renew());
    }
    Map<Port, Limit> standing = new LinkedHashMap<>();
    for (Port port : ports.values()) {
      Limit limit = Limit.of(plan, port.direction()).orElse(null);
      failures.collect(
          () -> {
            if (limit == null) {
              if (port.isEntered()) {
                custody.giveBack(port);
              }
            } else if (!port.isOwned()) {
              custody.take(port, limit);
            } else if (!due || custody.isSound(port)) {
              standing.put(port, limit);
            } else {
              retake(port, limit, "the interface is not the one that was shaped");
            }
          });
    }
    if (!standing.isEmpty()) {
      change(standing, failures);
    }
    failures.throwFirst();
  }

  private void retake(Port port, Limit limit, String why)
      throws ShaperException, TcException, InterruptedException {
    tell(LoopEvent.Kind.LINK_LOST, "%s: %s".formatted(port.name(), why));
    custody.take(port, limit);
    tell(
        LoopEvent.Kind.LINK_RESTORED,
        "%s: %s is limited to %s again"
            .formatted(port.name(), port.direction().label(), limit.rate()));
  }

  private void tell(LoopEvent.Kind kind, String message) {
    LOG.warn("{}", message);
    events.accept(new LoopEvent(clock.now(), kind, message));
  }

  /** Changes all standing limits in one exchange. */
  private void change(Map<Port, Limit> standing, Failures failures)
      throws TcException, InterruptedException {
    List<String> commands = new ArrayList<>();
    standing.forEach((port, limit) -> commands.addAll(port.change(limit)));
    standing.keySet().forEach(port -> commands.addAll(port.reads()));
    TcReply reply = kernel.send(commands);
    for (Map.Entry<Port, Limit> entry : standing.entrySet()) {
      Port port = entry.getKey();
      failures.collect(
          () -> {
            Optional<String> difference = port.acknowledge(reply, entry.getValue());
            if (difference.isPresent()) {
              retake(port, entry.getValue(), difference.get());
            }
          });
    }
  }

  /** The part of the plan that is in force. */
  private ShapingPlan inForce(ShapingPlan plan) {
    ShapingPlan known = ShapingPlan.UNLIMITED;
    for (Port port : ports.values()) {
      Direction direction = port.direction();
      Limit limit = port.inForce().orElse(null);
      if (limit != null) {
        boolean asPlanned = Limit.of(plan, direction).filter(limit::equals).isPresent();
        known =
            known
                .with(direction, asPlanned ? plan.limit(direction).orElseThrow() : limit.rate())
                .withShares(direction, asPlanned ? plan.shares(direction) : limit.shares());
      }
    }
    return known;
  }

  @Override
  public void close() throws ShaperException {
    turn.lock();
    // Restoring comes first; whoever interrupted is heard afterwards.
    boolean interrupted = Thread.interrupted();
    try {
      if (closed) {
        return;
      }
      closed = true;
      custody.close();
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      current = ShapingPlan.UNLIMITED;
      session.close();
      turn.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
