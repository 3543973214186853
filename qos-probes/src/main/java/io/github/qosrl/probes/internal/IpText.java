package io.github.qosrl.probes.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ip -o addr show}, {@code ip -o link show} and {@code ip route get} print (iproute2
 * and BusyBox). Parsing is pure, skips lines that it does not understand, and never throws.
 */
final class IpText {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d+:\\s+(\\S+)\\s+(inet6?)\\s+([0-9a-fA-F.:]+)(?:/\\d+)?(?:\\s.*)?");
  private static final Pattern LINK = Pattern.compile("\\d+:\\s+([^\\s:@]+)(?:@([^\\s:]+))?:\\s.*");

  private IpText() {}

  /**
   * An address of an interface.
   *
   * @param linkLocal whether it is good for neighbours alone
   */
  record Address(String interfaceName, String address, boolean ipv6, boolean linkLocal) {}

  /**
   * An interface.
   *
   * @param lower the one that it is stacked on, as a VLAN is; empty if none
   * @param master the bridge or bond that it belongs to; empty if none
   * @param ppp whether it is the end of a PPP session
   */
  record Link(String name, String lower, String master, boolean ppp) {}

  /**
   * How the kernel would send a packet.
   *
   * @param gateway empty if it takes the destination for a neighbour
   */
  record Route(String device, String gateway) {}

  /** The addresses that can be used, in their order. */
  static List<Address> addresses(String text) {
    List<Address> addresses = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher m = ADDRESS.matcher(line);
      if (m.matches() && !line.contains(" dadfailed")) {
        boolean local = line.contains(" scope link");
        boolean ipv6 = m.group(2).equals("inet6");
        addresses.add(new Address(m.group(1), m.group(3), ipv6, ipv6 && local));
      }
    }
    return addresses;
  }

  /** The interfaces. */
  static List<Link> links(String text) {
    List<Link> links = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher m = LINK.matcher(line);
      if (m.matches()) {
        String lower = m.group(2) == null ? "" : m.group(2);
        links.add(new Link(m.group(1), lower, after(line, "master"), line.contains(" link/ppp")));
      }
    }
    return links;
  }

  /** The route; empty if there is none. */
  static Optional<Route> route(String text) {
    String device = after(text, "dev");
    boolean refused = text.matches("(?s)\\s*(unreachable|blackhole|prohibit|throw)\\s.*");
    String via = after(text, "via");
    String gateway = via.startsWith("inet") ? after(text, via) : via;
    return device.isEmpty() || refused ? Optional.empty() : Optional.of(new Route(device, gateway));
  }

  private static String after(String text, String word) {
    Matcher m = Pattern.compile("\\s" + word + "\\s+(\\S+)").matcher(text);
    return m.find() ? m.group(1) : "";
  }
}
