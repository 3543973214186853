package io.github.qosrl.probes.internal;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The way out of a host that belongs to one interface: what a probe must be bound to, so that it
 * measures this uplink and no other.
 *
 * <p>An interface without an address cannot be probed out of: the kernel would take the address of
 * another, and no answer would find the way back. Where just one interface that is stacked on it
 * has one (the bridge or bond that it is a port of, a VLAN, the PPP session that it carries), that
 * is the way out.
 *
 * <p>Asks the host once, when it is made and when a source is asked for. Not thread-safe.
 */
public final class Uplink {
  private static final Duration LONGEST = Duration.ofSeconds(3);

  /** Stand for a name (RFC 5737, RFC 3849): the default route is the same for all of them. */
  private static final String SOMEWHERE = "192.0.2.1";

  private static final String SOMEWHERE_IPV6 = "2001:db8::1";

  private final Host host;
  private final String name;
  private final List<IpText.Address> addresses;

  private Uplink(Host host, String name, List<IpText.Address> addresses) {
    this.host = host;
    this.name = name;
    this.addresses =
        addresses.stream().filter(address -> address.interfaceName().equals(name)).toList();
  }

  /**
   * Finds the way out.
   *
   * @param interfaceName which the user names
   * @param targets who is to be reached by it: for neighbours, a link-local address is enough
   * @return empty if the host cannot tell: it has no {@code ip}, or no such interface
   * @throws ProbeException if neither the interface nor a single one upon it has an address
   */
  public static Optional<Uplink> find(Host host, String interfaceName, List<Target> targets)
      throws ProbeException {
    Optional<String> printed = ip(host, "-o", "addr", "show");
    if (printed.isEmpty()) {
      return Optional.empty();
    }
    List<IpText.Address> all = IpText.addresses(printed.get());
    boolean neighbours = targets.stream().allMatch(Uplink::isNeighbour);
    boolean local =
        neighbours && all.stream().anyMatch(a -> a.interfaceName().equals(interfaceName));
    if (local || has(all, interfaceName)) {
      return Optional.of(new Uplink(host, interfaceName, all));
    }
    List<IpText.Link> links = IpText.links(ip(host, "-o", "link", "show").orElse(""));
    if (links.stream().noneMatch(link -> link.name().equals(interfaceName))) {
      return Optional.empty();
    }
    List<String> upon =
        stackedOn(host, interfaceName, links).stream().filter(name -> has(all, name)).toList();
    if (upon.size() != 1) {
      throw withoutAddress(host, interfaceName, upon);
    }
    return Optional.of(new Uplink(host, upon.get(0), all));
  }

  private static boolean has(List<IpText.Address> all, String interfaceName) {
    return all.stream().anyMatch(a -> a.interfaceName().equals(interfaceName) && !a.linkLocal());
  }

  private static ProbeException withoutAddress(Host host, String name, List<String> upon) {
    List<String> others = new ArrayList<>(upon);
    if (others.isEmpty()) {
      route(host, SOMEWHERE).map(IpText.Route::device).ifPresent(others::add);
    }
    return new ProbeException(
        "%s of %s has no IP address, so nothing can be probed out of it; to fix: name the interface that has the uplink's address%s: ip -br addr"
            .formatted(
                name,
                host.name(),
                others.isEmpty() ? "" : " (" + String.join(" or ", others) + "?)"));
  }

  /** The names of what is stacked on an interface, one upon the other. */
  private static List<String> stackedOn(Host host, String lowest, List<IpText.Link> links) {
    List<String> found = new ArrayList<>(List.of(lowest));
    for (int i = 0; i < found.size(); i++) {
      for (IpText.Link below : links) {
        if (below.name().equals(found.get(i))) {
          links.stream()
              .filter(link -> isStacked(link, below) && !found.contains(link.name()))
              .forEach(link -> found.add(link.name()));
        }
      }
    }
    if (carriesTheOnlySession(host, found)) {
      links.stream().filter(IpText.Link::ppp).map(IpText.Link::name).forEach(found::add);
    }
    return found.subList(1, found.size());
  }

  /** The ends of a veth name each other, and neither is upon the other. */
  private static boolean isStacked(IpText.Link link, IpText.Link below) {
    boolean peers = below.lower().equals(link.name());
    return below.master().equals(link.name()) || link.lower().equals(below.name()) && !peers;
  }

  /** Which PPP interface a session has, nobody tells; with one session there is no question. */
  private static boolean carriesTheOnlySession(Host host, List<String> interfaces) {
    try {
      List<String> sessions =
          host.read("/proc/net/pppoe").lines().skip(1).map(String::strip).toList();
      return sessions.size() == 1 && interfaces.contains(sessions.get(0).replaceFirst(".*\\s", ""));
    } catch (HostException e) {
      return false; // No PPPoE in this kernel.
    }
  }

  /** The interface to bind to. */
  public String name() {
    return name;
  }

  /** Why a target cannot be reached by this way; empty as far as known it can. */
  public Optional<String> obstacle(Target target) {
    String to = target.host();
    int zone = to.indexOf('%');
    if (zone >= 0 && !to.substring(zone + 1).equals(name)) {
      return Optional.of(to + " is a neighbour on another interface than " + name);
    }
    if (!name.equals("lo") && (to.startsWith("127.") && target.isLiteral() || to.equals("::1"))) {
      return Optional.of(to + " is the host itself, and not beyond " + name);
    }
    if (!target.isLiteral() || address(target).isPresent()) {
      return Optional.empty();
    }
    String version = target.isIpv6Literal() ? "IPv6" : "IPv4";
    return Optional.of("%s has no %s address to reach %s from".formatted(name, version, to));
  }

  /** Its first address of a version of IP that is good for more than neighbours; else empty. */
  public String address(boolean ipv6) {
    return addresses.stream()
        .filter(a -> a.ipv6() == ipv6 && !a.linkLocal())
        .map(IpText.Address::address)
        .findFirst()
        .orElse("");
  }

  private static boolean isNeighbour(Target target) {
    return target.host().toLowerCase(Locale.ROOT).startsWith("fe80:");
  }

  /** The address of this way that packets to a target come from. */
  public Optional<String> address(Target target) {
    boolean neighbour = isNeighbour(target);
    return addresses.stream()
        .filter(a -> !target.isLiteral() || a.ipv6() == target.isIpv6Literal())
        .filter(a -> neighbour == a.linkLocal() || neighbour && a.ipv6())
        .map(IpText.Address::address)
        .findFirst();
  }

  /**
   * The address to send from, where the interface alone does not decide: if the routes of this
   * uplink are found by the source ({@code ip rule add from …}), a socket that is bound to nothing
   * but the interface takes the whole world for neighbours.
   */
  public Optional<String> neededSource(Target target) {
    Optional<String> address = address(target);
    if (address.isEmpty() || isNeighbour(target)) {
      return Optional.empty();
    }
    String to = destination(target, address.get());
    if (routed(route(host, to, "oif", name))) {
      return Optional.empty();
    }
    return routed(route(host, to, "from", address.get(), "oif", name)) ? address : Optional.empty();
  }

  private static boolean routed(Optional<IpText.Route> route) {
    return route.isPresent() && !route.get().gateway().isEmpty();
  }

  /**
   * By which interface the system sends to a target what comes from this way's address, when no
   * socket is bound to an interface.
   *
   * @return empty if it does not say
   */
  public Optional<String> chosenBySource(Target target) {
    return address(target)
        .flatMap(from -> route(host, destination(target, from), "from", from))
        .map(IpText.Route::device);
  }

  /** By which interface the system sends to a target of its own accord; empty if not known. */
  public Optional<String> chosenBySystem(Target target) {
    return target.isLiteral()
        ? route(host, target.host()).map(IpText.Route::device)
        : Optional.empty();
  }

  private static String destination(Target target, String from) {
    if (target.isLiteral()) {
      return target.host();
    }
    return from.indexOf(':') >= 0 ? SOMEWHERE_IPV6 : SOMEWHERE;
  }

  private static Optional<IpText.Route> route(Host host, String to, String... how) {
    List<String> words = new ArrayList<>(List.of("route", "get", to));
    words.addAll(List.of(how));
    return ip(host, words.toArray(String[]::new)).flatMap(IpText::route);
  }

  private static Optional<String> ip(Host host, String... words) {
    List<String> argv = new ArrayList<>(List.of("ip"));
    argv.addAll(List.of(words));
    try {
      CommandResult result = host.run(Command.of(argv).within(LONGEST));
      return result.ok() ? Optional.of(result.stdout()) : Optional.empty();
    } catch (HostException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
