package io.github.qosrl.linux.tc;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which packets belong to a traffic class: all that fulfil every condition.
 *
 * <p>Text form: conditions joined by {@code +}, for example {@code dscp:ef}, {@code tcp:443},
 * {@code udp:5060-5061+to:192.0.2.0/24}. The conditions are
 *
 * <ul>
 *   <li>{@code dscp:} a code point by name ({@code ef}, {@code cs6}, {@code af41}, {@code le}) or
 *       number (0 to 63);
 *   <li>{@code tcp}, {@code udp}, {@code icmp}, {@code proto:N}; {@code tcp:} and {@code udp:} with
 *       a port or a range of ports, at either end;
 *   <li>{@code sport:}, {@code dport:} a port or a range of ports at one end;
 *   <li>{@code from:}, {@code to:} an address or a subnet of either IP version;
 *   <li>{@code length:} a range of lengths in bytes, IP header included; {@code length:0-127} are
 *       acknowledgements, pings, DNS queries and other packets that carry next to nothing;
 *   <li>{@code ipv4}, {@code ipv6}.
 * </ul>
 *
 * <p>Without an address or a version, both IP versions match. Ports are found in packets without IP
 * options or extension headers, and in the first fragment only. Immutable.
 */
public final class Match {
  private static final Splitter CONDITIONS = Splitter.on('+').trimResults();

  private final String text;
  private int dscp = -1;
  private int protocol = -1;
  private @Nullable NumberRange eitherPort;
  private @Nullable NumberRange sourcePort;
  private @Nullable NumberRange destinationPort;
  private @Nullable Subnet from;
  private @Nullable Subnet to;
  private @Nullable NumberRange length;
  private boolean ipv4 = true;
  private boolean ipv6 = true;

  private Match(String text) {
    this.text = text;
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not one, or could match no packet
   */
  public static Match parse(String text) {
    Match match = new Match(text.strip());
    for (String condition : CONDITIONS.split(match.text)) {
      int colon = condition.indexOf(':');
      String key = colon < 0 ? condition : condition.substring(0, colon);
      String value = colon < 0 ? "" : condition.substring(colon + 1);
      match.read(key, value, condition);
    }
    match.settle();
    return match;
  }

  private void read(String key, String value, String condition) {
    switch (key) {
      case "dscp" -> dscp = Dscp.parse(value);
      case "tcp", "udp" -> {
        protocol = protocol(key.equals("tcp") ? 6 : 17);
        eitherPort = value.isEmpty() ? eitherPort : NumberRange.parse(value);
      }
      case "proto" -> protocol = protocol(number(value, 255, "protocol"));
      case "sport" -> sourcePort = NumberRange.parse(value);
      case "dport" -> destinationPort = NumberRange.parse(value);
      case "from" -> from = Subnet.parse(value);
      case "to" -> to = Subnet.parse(value);
      case "length" -> length = NumberRange.parse(value);
      default -> word(condition);
    }
  }

  private void word(String condition) {
    switch (condition) {
      case "icmp" -> protocol = protocol(1);
      case "ipv4" -> ipv6 = false;
      case "ipv6" -> ipv4 = false;
      default ->
          throw new IllegalArgumentException(
              ("'%s' is not a condition; accepted: dscp:NAME, tcp[:PORTS], udp[:PORTS], icmp,"
                      + " proto:N, sport:PORTS, dport:PORTS, from:SUBNET, to:SUBNET,"
                      + " length:BYTES, ipv4, ipv6")
                  .formatted(condition));
    }
  }

  private int protocol(int number) {
    if (protocol >= 0 && protocol != number) {
      throw new IllegalArgumentException("'" + text + "' asks for two protocols");
    }
    return number;
  }

  static int number(String text, int max, String what) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > max) {
      throw new IllegalArgumentException(
          "'%s' is not a %s; accepted: 0 to %d".formatted(text, what, max));
    }
    return Integer.parseInt(text);
  }

  private void settle() {
    boolean ports = eitherPort != null || sourcePort != null || destinationPort != null;
    if (ports && protocol != 6 && protocol != 17) {
      throw new IllegalArgumentException("'" + text + "' has ports, but neither tcp nor udp");
    }
    for (Subnet subnet : new @Nullable Subnet[] {from, to}) {
      if (subnet != null) {
        ipv4 &= !subnet.ipv6();
        ipv6 &= subnet.ipv6();
      }
    }
    if (!ipv4 && !ipv6) {
      throw new IllegalArgumentException("'" + text + "' mixes the two IP versions");
    }
  }

  /** The selectors of the IPv4 filters (tc-u32(8)), without device, parent and priority. */
  List<String> ipv4Selectors() {
    return ipv4 ? selectors(false) : List.of();
  }

  /** The selectors of the IPv6 filters. */
  List<String> ipv6Selectors() {
    return ipv6 ? selectors(true) : List.of();
  }

  private List<String> selectors(boolean v6) {
    String family = v6 ? "ip6" : "ip";
    StringBuilder common = new StringBuilder();
    if (dscp >= 0) {
      // The six upper bits of the TOS or traffic class byte (RFC 2474, section 3).
      common.append(
          " match %s %s 0x%02x 0xfc".formatted(family, v6 ? "priority" : "dsfield", dscp << 2));
    }
    if (protocol >= 0) {
      // ICMP has a number of its own in IPv6.
      int number = v6 && protocol == 1 ? 58 : protocol;
      common.append(" match %s protocol %d 0xff".formatted(family, number));
    }
    if (from != null) {
      common.append(" match %s src %s".formatted(family, from));
    }
    if (to != null) {
      common.append(" match %s dst %s".formatted(family, to));
    }
    List<String> selectors = new ArrayList<>();
    for (String ports : lengthsOf(portSelectors(family), v6)) {
      boolean header = ports.contains("port ") && !v6;
      // A header of five words, and fragment offset 0: only then are the ports where u32 looks.
      String guard = header ? " match u8 0x05 0x0f at 0 match u16 0 0x1fff at 6" : "";
      String all = (common + guard + ports).strip();
      selectors.add(all.isEmpty() ? "match u32 0 0" : all);
    }
    return selectors;
  }

  private List<String> lengthsOf(List<String> selectors, boolean v6) {
    NumberRange total = length;
    if (total == null) {
      return selectors;
    }
    // IPv6 counts what follows its header of 40 bytes, in the word at 4 (RFC 8200, section 3).
    Optional<NumberRange> counted = v6 ? total.minus(40) : Optional.of(total);
    List<String> blocks = counted.map(NumberRange::masked).orElse(List.of());
    return selectors.stream()
        .flatMap(s -> blocks.stream().map(b -> s + " match u16 %s at %d".formatted(b, v6 ? 4 : 2)))
        .toList();
  }

  private List<String> portSelectors(String family) {
    List<String> selectors = List.of("");
    selectors = with(selectors, sourcePort, family, "sport");
    selectors = with(selectors, destinationPort, family, "dport");
    if (eitherPort == null) {
      return selectors;
    }
    List<String> both = new ArrayList<>(with(selectors, eitherPort, family, "sport"));
    both.addAll(with(selectors, eitherPort, family, "dport"));
    return both;
  }

  private static List<String> with(
      List<String> selectors, @Nullable NumberRange ports, String family, String end) {
    if (ports == null) {
      return selectors;
    }
    List<String> more = new ArrayList<>();
    for (String selector : selectors) {
      for (String masked : ports.masked()) {
        more.add("%s match %s %s %s".formatted(selector, family, end, masked));
      }
    }
    return more;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Match m && m.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text form. */
  @Override
  public String toString() {
    return text;
  }
}
