package io.github.qosrl.linux.tc;

import io.github.qosrl.core.LinkInUseException;
import io.github.qosrl.core.ShaperException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of arriving traffic through an IFB device, where it can be shaped as it leaves.
 *
 * <p>While the filter stands, an IFB that is down or gone loses all arriving traffic. So the filter
 * comes last and goes first, with the qdisc that it hangs on. An IFB that is not there is made, and
 * removed again.
 *
 * <p>No order is without any loss: to add or remove an ingress qdisc, the kernel stops the
 * interface's transmission for a moment ({@code qdisc_graft} calls {@code dev_deactivate}), and
 * what would leave just then is dropped. Of pings answered 500 times a second, removing the filter
 * alone lost none of 6,000 in 15 tries; removing the qdisc one or two a try, whether or not the
 * filter had gone before and the IFB's queue had run empty.
 */
final class Ingress {
  private static final int PREFERENCE = 905;
  private static final String MARK = "qos-controller";
  private static final int IFF_UP = 1;

  private final String wan;
  private final String ifb;
  private final Kernel kernel;
  private @Nullable Device source;
  private boolean connected;
  private boolean makes;
  private boolean raises;

  Ingress(String wan, String ifb, Kernel kernel) {
    this.wan = wan;
    this.ifb = ifb;
    this.kernel = kernel;
  }

  /** Fails unless the ingress of the WAN interface is free, or ours. Changes nothing. */
  void inspect() throws ShaperException, TcException, InterruptedException {
    kernel.device(wan);
    QdiscState ingress = kernel.state(wan).ingress().orElse(null);
    if (ingress != null && !isOurs()) {
      throw new LinkInUseException(
          ("on %s, %s has an ingress qdisc that somebody else put there: %s; remove it with"
                  + " 'tc qdisc del dev %s %s'")
              .formatted(kernel.host().name(), wan, ingress, wan, ingress.kind()));
    }
    makes = Device.find(kernel.host(), ifb).isEmpty() || MARK.equals(sys("ifalias"));
    // Once we raised it, it stays ours to lower.
    raises = !makes && (raises || !isUp());
  }

  String wan() {
    return wan;
  }

  /** What keeps other controllers away. */
  String lock() {
    return LinkLocks.ingress(wan);
  }

  private boolean isOurs() throws TcException, InterruptedException {
    TcReply reply = kernel.send(List.of(showFilters()));
    // One that we made stays ours when somebody removes its filter.
    return reply.ok()
        && (TcOutput.hasFilter(reply.output(0), PREFERENCE)
            || (connected && TcOutput.hasNoFilter(reply.output(0))));
  }

  private String sys(String file) {
    try {
      return kernel.host().read("/sys/class/net/" + ifb + "/" + file).strip();
    } catch (HostException e) {
      return "";
    }
  }

  private boolean isUp() {
    String flags = sys("flags");
    return flags.startsWith("0x") && (Integer.parseInt(flags.substring(2), 16) & IFF_UP) != 0;
  }

  /** Makes the IFB, unless it is there. Takes down what stands of ours. */
  void begin() throws ShaperException, TcException, InterruptedException {
    disconnect();
    if (Device.find(kernel.host(), ifb).isEmpty()) {
      ip("link", "add", "name", ifb, "type", "ifb");
      ip("link", "set", "dev", ifb, "alias", MARK);
    }
  }

  /** Lets the traffic through; the IFB's root must be in place. */
  void connect() throws ShaperException, TcException, InterruptedException {
    source = kernel.device(wan);
    if (!isUp()) {
      ip("link", "set", "dev", ifb, "up");
    }
    kernel.demand(List.of(addIngress()));
    connected = true;
    kernel.demand(List.of(addFilter()));
  }

  /** Ends the redirection, if it is ours. */
  void disconnect() throws ShaperException, TcException, InterruptedException {
    source = null;
    if (Device.find(kernel.host(), wan).isPresent()
        && kernel.state(wan).ingress().isPresent()
        && isOurs()) {
      kernel.demand(List.of(deleteIngress()));
    }
    connected = false;
  }

  /** Puts the IFB back as it was found: gone, or down. */
  void end() throws ShaperException, InterruptedException {
    if (Device.find(kernel.host(), ifb).isEmpty()) {
      return;
    }
    if (makes) {
      ip("link", "del", "dev", ifb);
    } else if (raises) {
      ip("link", "set", "dev", ifb, "down");
    }
  }

  private void ip(String... arguments) throws ShaperException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("ip"));
    argv.addAll(List.of(arguments));
    Host host = kernel.host();
    try {
      host.run(Command.of(argv)).orThrow();
    } catch (HostException e) {
      String advice =
          e.kind() == HostException.Kind.NOT_PERMITTED
              ? "; changing interfaces needs root, or the capability CAP_NET_ADMIN"
              : "";
      throw new ShaperException("on %s, %s%s".formatted(host.name(), e.getMessage(), advice), e);
    }
  }

  /** Whether the WAN interface is the one that was connected, and the IFB is up. */
  boolean isSound() {
    Device from = source;
    return from != null
        && Device.find(kernel.host(), wan).filter(d -> d.index() == from.index()).isPresent()
        && isUp();
  }

  List<String> reads() {
    return List.of(showFilters());
  }

  /** In what a reply to {@link #reads} differs from what was set up. */
  Optional<String> difference(TcReply reply) {
    return TcOutput.redirects(reply.output(showFilters()), ifb)
        ? Optional.empty()
        : Optional.of(wan + " no longer sends its incoming traffic to " + ifb);
  }

  /** The commands that set it up, around those that shape the IFB. */
  List<String> preview(List<String> shaping) {
    List<String> commands = new ArrayList<>();
    if (makes) {
      commands.add("ip link add name " + ifb + " type ifb");
      commands.add("ip link set dev " + ifb + " alias " + MARK);
    }
    commands.addAll(shaping);
    commands.add("ip link set dev " + ifb + " up");
    commands.add("tc " + addIngress());
    commands.add("tc " + addFilter());
    return commands;
  }

  /** The commands that end the redirection, to run before the IFB's root is removed. */
  List<String> undoRedirection() {
    return List.of("tc " + deleteIngress());
  }

  /** The commands that put the IFB back, to run after its root was removed. */
  List<String> undoDevice() {
    return makes
        ? List.of("ip link del dev " + ifb)
        : raises ? List.of("ip link set dev " + ifb + " down") : List.of();
  }

  private String addIngress() {
    return "qdisc add dev " + wan + " handle ffff: ingress";
  }

  private String deleteIngress() {
    return "qdisc del dev " + wan + " ingress";
  }

  private String addFilter() {
    return ("filter add dev %s parent ffff: protocol all pref %d u32 match u32 0 0"
            + " action mirred egress redirect dev %s")
        .formatted(wan, PREFERENCE, ifb);
  }

  private String showFilters() {
    return "filter show dev " + wan + " parent ffff:";
  }
}
