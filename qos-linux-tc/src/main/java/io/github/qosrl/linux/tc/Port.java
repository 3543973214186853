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
  private final Root root;

  private @Nullable InterfaceLock lock;
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
      @Nullable Ingress ingress,
      boolean replace) {
    this.direction = direction;
    this.name = name;
    this.discipline = discipline;
    this.kernel = kernel;
    this.ingress = ingress;
    this.root = new Root(name, kernel, replace);
  }

  Direction direction() {
    return direction;
  }

  String name() {
    return name;
  }

  boolean isOwned() {
    return owned != null;
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
   * Takes the root and puts a limit in force. The port was inspected a moment ago.
   *
   * @throws ShaperException if that failed; nothing of ours is left then
   */
  void claim(Limit limit) throws ShaperException, TcException, InterruptedException {
    boolean complete = false;
    boolean touched = false;
    try {
      if (ingress != null) {
        ingress.begin();
      }
      Device device = kernel.device(name);
      lock(device);
      root.clear();
      touched = true;
      kernel.demand(List.of(discipline.claim(device, limit)));
      build(device, limit);
      if (ingress != null) {
        ingress.connect();
      }
      owned = device;
      inForce = limit;
      complete = true;
    } finally {
      if (!complete) {
        giveUp(touched);
      }
    }
  }

  private void giveUp(boolean touched) throws ShaperException, TcException, InterruptedException {
    if (ingress != null) {
      ingress.disconnect();
    }
    if (touched) {
      root.putBack();
    }
    if (ingress != null) {
      ingress.end();
    }
    unlock();
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

  private void lock(Device device) throws ShaperException, InterruptedException {
    unlock();
    try {
      lock = InterfaceLock.take(kernel.host(), device);
    } catch (InterfaceLock.TakenException e) {
      throw new LinkInUseException(
          "on %s, another controller is in charge of %s; stop it first"
              .formatted(kernel.host().name(), name),
          e);
    } catch (HostException e) {
      throw new ShaperException(String.valueOf(e.getMessage()), e);
    }
  }

  void unlock() {
    if (lock != null) {
      lock.close();
      lock = null;
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
    if (lock == null || !lock.held()) {
      lock(device);
    }
    return true;
  }

  /** Forgets what was owned: it is gone, or in doubt. */
  void forget() {
    owned = null;
    inForce = null;
  }

  /** Puts the interface back as it was found. */
  void release() throws ShaperException, TcException, InterruptedException {
    if (owned == null) {
      return;
    }
    if (ingress != null) {
      ingress.disconnect();
    }
    root.putBack();
    if (ingress != null) {
      ingress.end();
    }
    forget();
    unlock();
  }
}
