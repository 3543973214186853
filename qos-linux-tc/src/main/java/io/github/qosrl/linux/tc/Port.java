package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.LinkInUseException;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The interface by which one direction's traffic leaves, and what of it is ours. Not thread-safe:
 * its shaper takes care of that.
 */
final class Port {
  private final Direction direction;
  private final String name;
  private final Discipline discipline;
  private final Kernel kernel;
  private final @Nullable Ingress ingress;
  private final LinkLocks locks;
  private final Root root;

  private boolean entered;
  private @Nullable Device owned;
  private @Nullable Limit inForce;

  /**
   * @param ingress how the traffic gets to an IFB; null if it leaves by this interface anyway
   */
  Port(
      Direction direction,
      String name,
      Discipline discipline,
      Kernel kernel,
      LinkLocks locks,
      @Nullable Ingress ingress,
      boolean replace) {
    this.direction = direction;
    this.name = name;
    this.discipline = discipline;
    this.kernel = kernel;
    this.locks = locks;
    this.ingress = ingress;
    this.root = new Root(name, kernel, replace);
  }

  Direction direction() {
    return direction;
  }

  String name() {
    return name;
  }

  /** Whether the limit that was claimed should still stand. */
  boolean isOwned() {
    return owned != null;
  }

  /** Whether anything of ours may be there that is to be undone. */
  boolean isEntered() {
    return entered;
  }

  Optional<Limit> inForce() {
    return Optional.ofNullable(inForce);
  }

  /** Fails unless the interface is there and its root is free, or ours to take. Changes nothing. */
  void inspect() throws ShaperException, TcException, InterruptedException {
    if (ingress != null) {
      ingress.inspect();
      if (Device.find(kernel.host(), name).isEmpty()) {
        root.nothingThere();
        return;
      }
    }
    kernel.device(name);
    root.inspect();
  }

  /** The commands that put the interface back as it was found when it was inspected. */
  List<String> undo() {
    List<String> commands = new ArrayList<>();
    if (ingress != null) {
      commands.addAll(ingress.undoRedirection());
    }
    commands.addAll(root.undo());
    if (ingress != null) {
      commands.addAll(ingress.undoDevice());
    }
    return commands;
  }

  /** What {@link #claim} would run. */
  List<String> preview(Limit limit) throws LinkAbsentException {
    Device device = Device.find(kernel.host(), name).orElse(null);
    if (device == null && ingress == null) {
      throw new LinkAbsentException(kernel.host().name(), name);
    }
    Device shaped = device == null ? new Device(name, 0, 1500) : device;
    List<String> commands = new ArrayList<>();
    root.clearing().forEach(c -> commands.add("tc " + c));
    commands.add("tc " + discipline.claim(shaped, limit));
    discipline.build(shaped, limit).forEach(c -> commands.add("tc " + c));
    return ingress == null ? commands : ingress.preview(commands);
  }

  /**
   * Takes the root and puts a limit in force. The port is locked, and was inspected a moment ago.
   *
   * @throws ShaperException if that failed; {@link #release} removes what is there of ours then
   */
  void claim(Limit limit) throws ShaperException, TcException, InterruptedException {
    if (ingress != null) {
      ingress.begin();
      entered = true;
      lock();
    }
    Device device = kernel.device(name);
    root.clear();
    entered = true;
    kernel.demand(List.of(discipline.claim(device, limit)));
    build(device, limit);
    if (ingress != null) {
      ingress.connect();
    }
    owned = device;
    inForce = limit;
  }

  private void build(Device device, Limit limit)
      throws ShaperException, TcException, InterruptedException {
    List<String> commands = new ArrayList<>(discipline.build(device, limit));
    commands.addAll(discipline.reads(name));
    TcReply reply = kernel.demand(commands);
    Optional<String> difference = discipline.difference(kernel.understood(reply, name), limit);
    if (difference.isPresent()) {
      throw new ShaperException(
          "on %s, %s was told to limit %s to %s, but %s"
              .formatted(
                  kernel.host().name(), name, direction.label(), limit.rate(), difference.get()));
    }
  }

  /**
   * Keeps other controllers away, as far as what there is to lock is there.
   *
   * @throws LinkInUseException if one is in charge
   */
  void lock() throws ShaperException, InterruptedException {
    if (ingress != null) {
      lock(ingress.lock(), kernel.device(ingress.wan()));
      if (Device.find(kernel.host(), name).isEmpty()) {
        return;
      }
    }
    lock(LinkLocks.egress(name), kernel.device(name));
  }

  private void lock(String lock, Device device) throws ShaperException {
    try {
      locks.take(lock, device);
    } catch (LinkLocks.TakenException e) {
      throw new LinkInUseException(
          "on %s, another controller is in charge of %s; stop it first"
              .formatted(kernel.host().name(), device.name()),
          e);
    } catch (HostException e) {
      throw new ShaperException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Lets other controllers have it. */
  void unlock() {
    locks.free(List.of(LinkLocks.egress(name)));
    if (ingress != null) {
      locks.free(List.of(ingress.lock()));
    }
  }

  /** The commands that turn the limit in force into another; empty if it is the same. */
  List<String> change(Limit to) {
    Device device = owned;
    Limit from = inForce;
    if (device == null || to.equals(from)) {
      return List.of();
    }
    return from == null ? discipline.set(device, to) : discipline.change(device, from, to);
  }

  List<String> reads() {
    List<String> reads = new ArrayList<>();
    if (ingress != null) {
      reads.addAll(ingress.reads());
    }
    reads.addAll(discipline.reads(name));
    return reads;
  }

  /**
   * Takes note of what a reply to {@link #change} and {@link #reads} shows.
   *
   * @return in what the port is not as it was left; empty if it is as told
   * @throws ShaperException if the kernel refused the change
   */
  Optional<String> acknowledge(TcReply reply, Limit told) throws ShaperException {
    Optional<String> difference = difference(reply, told);
    inForce = difference.isPresent() ? null : told;
    if (difference.isEmpty()) {
      return difference;
    }
    for (Map.Entry<Integer, String> error : reply.errors().entrySet()) {
      boolean mine = reply.commands().get(error.getKey()).contains(" dev " + name + " ");
      if (mine && error.getValue().contains("not permitted")) {
        throw kernel.complaint(reply, error.getKey());
      }
    }
    return difference;
  }

  private Optional<String> difference(TcReply reply, Limit told) throws ShaperException {
    if (ingress != null) {
      Optional<String> redirection = ingress.difference(reply);
      if (redirection.isPresent()) {
        return redirection;
      }
    }
    if (reply.output(Discipline.showQdiscs(name)).isEmpty()) {
      return Optional.of("the interface is gone");
    }
    return discipline.difference(kernel.understood(reply, name), told);
  }

  /**
   * Whether what was taken is still there: the same interface, and the way to it.
   *
   * @throws LinkAbsentException if the host is out of reach: what is there is still ours
   */
  boolean isSound() throws ShaperException, InterruptedException {
    Device device = owned;
    if (device == null
        || kernel.find(name).filter(d -> d.index() == device.index()).isEmpty()
        || (ingress != null && !ingress.isSound())) {
      return false;
    }
    lock();
    return true;
  }

  /** Forgets what was owned: it is gone, or in doubt. */
  void forget() {
    owned = null;
    inForce = null;
  }

  /** Puts the interface back as it was found. What is somebody else's by now is left alone. */
  void release() throws ShaperException, TcException, InterruptedException {
    if (!entered) {
      return;
    }
    if (!isAnothers()) {
      if (ingress != null) {
        ingress.disconnect();
      }
      root.putBack();
      if (ingress != null) {
        ingress.end();
      }
    }
    entered = false;
    forget();
  }

  /** Whether the locks were lost, with a connection for example, and another has taken them. */
  private boolean isAnothers() throws ShaperException, InterruptedException {
    try {
      lock();
      return false;
    } catch (LinkInUseException e) {
      return true;
    } catch (LinkAbsentException e) {
      return false;
    }
  }
}
