package io.github.qosrl.linux.tc;

import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.util.List;
import java.util.Optional;

/** Asks and tells one host's kernel, through its {@code tc} session. */
final class Kernel {
  private final Host host;
  private final TcSession session;

  Kernel(Host host, TcSession session) {
    this.host = host;
    this.session = session;
  }

  Host host() {
    return host;
  }

  /** The interface of this name. */
  Device device(String name) throws LinkAbsentException, InterruptedException {
    Device device = find(name).orElseThrow(() -> new LinkAbsentException(host.name(), name));
    session.notice(device);
    return device;
  }

  /**
   * The interface of this name; empty if the host has none.
   *
   * @throws LinkAbsentException if there is no connection to the host, so that nobody knows
   */
  Optional<Device> find(String name) throws LinkAbsentException {
    try {
      return Optional.of(Device.read(host, name));
    } catch (HostException e) {
      if (e.kind() == HostException.Kind.NOT_CONNECTED) {
        throw new LinkAbsentException(e);
      }
      return Optional.empty();
    }
  }

  /** Sends commands; a complaint about any of them is in the reply. */
  TcReply send(List<String> commands) throws TcException, InterruptedException {
    return session.exchange(commands);
  }

  /**
   * Sends commands that must succeed.
   *
   * @throws ShaperException about the first that did not
   */
  TcReply demand(List<String> commands) throws ShaperException, TcException, InterruptedException {
    TcReply reply = send(commands);
    if (reply.firstError(0, commands.size()).isPresent()) {
      throw complaint(reply, reply.firstError(0, commands.size()).getAsInt());
    }
    return reply;
  }

  ShaperException complaint(TcReply reply, int position) {
    return Complaint.of(
        host.name(), reply.commands().get(position), reply.error(position).orElse("no reason"));
  }

  /** The qdiscs and classes of an interface. */
  InterfaceState state(String device) throws ShaperException, TcException, InterruptedException {
    List<String> reads = List.of(Discipline.showClasses(device), Discipline.showQdiscs(device));
    return understood(demand(reads), device);
  }

  /** What a reply that carries {@link Discipline#reads} says of an interface. */
  InterfaceState understood(TcReply reply, String device) throws ShaperException {
    try {
      return new InterfaceState(
          TcOutput.qdiscs(reply.output(Discipline.showQdiscs(device))),
          TcOutput.classes(reply.output(Discipline.showClasses(device))));
    } catch (TcOutput.ParseException e) {
      throw new ShaperException(
          "on %s, the state of %s: %s".formatted(host.name(), device, e.getMessage()), e);
    }
  }
}
