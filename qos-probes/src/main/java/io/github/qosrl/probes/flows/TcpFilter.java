package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Direction;
import java.util.function.BiFunction;

/**
 * Says to the kernel which packets are worth looking at (pcap-filter(7)): TCP, also behind VLAN
 * tags and in PPPoE sessions, in one direction; of what is sent, only what carries data, opens a
 * connection or reports a hole; and of all that, one in so many.
 *
 * <p>Data that is received is drawn by lot, by the kernel's random numbers. Data that is sent, and
 * acknowledgements that are received, are drawn by a hash of the number that follows the data, and
 * that acknowledges it: so both are seen or neither (as in trajectory sampling: Duffield and
 * Grossglauser, SIGCOMM 2000). Checksums would not do: where the network card computes them, they
 * are not there yet.
 */
final class TcpFilter {
  /** Loads a random number: SKF_AD_OFF + SKF_AD_RANDOM of linux/filter.h. */
  private static final String RANDOM = "link[0xfffff038:4]";

  /** 2^32 / φ: spreads regular steps evenly (Knuth, 6.4). */
  private static final String SPREAD = "2654435761";

  private static final String ETHERNET_IPV4 = "0x0800";
  private static final String ETHERNET_IPV6 = "0x86dd";
  private static final String PPPOE = "0x8864";

  /** More than so few packets are not drawn from where connections open. */
  private static final int MOST_WITH_SYN = 4;

  private final boolean sent;
  private final int shift;
  private final int ackShift;

  private TcpFilter(boolean sent, Sampling sampling) {
    this.sent = sent;
    this.shift = sampling.shift();
    this.ackShift = sampling.ackShift();
  }

  /**
   * The expression.
   *
   * @param ethernet whether the interface has Ethernet's link layer
   */
  static String expression(Direction direction, boolean ethernet, Sampling sampling) {
    TcpFilter filter = new TcpFilter(direction == Direction.UPLOAD, sampling);
    return (filter.sent ? "outbound" : "inbound")
        + " and ("
        + (ethernet ? filter.ethernet(14, 2) : filter.ip())
        + ")";
  }

  /** Of any link layer that the filter's own words reach through. */
  private String ip() {
    return "(ip and %s) or (ip6 and %s)"
        .formatted(
            version4((at, size) -> field("ip", at, size)),
            version6((at, size) -> field("ip6", at, size)));
  }

  private String ethernet(int end, int tags) {
    String type = field("link", end - 2, 2);
    String plain =
        "(%1$s = %2$s and %3$s) or (%1$s = %4$s and %5$s)"
            .formatted(
                type, ETHERNET_IPV4, version4(from(end)), ETHERNET_IPV6, version6(from(end)));
    // Six bytes of PPPoE, two that tell what is in it (RFC 2516, section 4).
    String ppp = field("link", end + 6, 2);
    String session =
        "(%1$s = %2$s and ((%3$s = 0x0021 and %4$s) or (%3$s = 0x0057 and %5$s)))"
            .formatted(type, PPPOE, ppp, version4(from(end + 8)), version6(from(end + 8)));
    String untagged = plain + " or " + session;
    return tags == 0
        ? untagged
        : "%1$s or ((%2$s = 0x8100 or %2$s = 0x88a8) and (%3$s))"
            .formatted(untagged, type, ethernet(end + 4, tags - 1));
  }

  private static BiFunction<Integer, Integer, String> from(int start) {
    return (at, size) -> field("link", start + at, size);
  }

  private static String field(String layer, int at, int size) {
    return size == 1 ? "%s[%d]".formatted(layer, at) : "%s[%d:%d]".formatted(layer, at, size);
  }

  private String version4(BiFunction<Integer, Integer, String> field) {
    String tcp = field.apply(9, 1) + " = 6";
    String payload = "(" + field.apply(2, 2) + " - 20 - " + header(field, 20) + ")";
    String wanted = wanted(field, 20, payload);
    // Options move what follows: such packets are rare, and all are taken if any may be.
    String plain = field.apply(0, 1) + " = 0x45";
    String chosen = wanted.isEmpty() ? "" : " and (" + plain + " and (" + wanted + ")" + odd(plain);
    return "(" + tcp + chosen + ")";
  }

  private String odd(String plain) {
    return shift == 0 ? " or not " + plain + ")" : ")";
  }

  private String version6(BiFunction<Integer, Integer, String> field) {
    String next = field.apply(6, 1);
    String payload = "(" + field.apply(4, 2) + " - " + header(field, 40) + ")";
    String wanted = wanted(field, 40, payload);
    String plain = "(" + next + " = 6" + (wanted.isEmpty() ? "" : " and (" + wanted + ")") + ")";
    String extended =
        shift == 0 ? " or %1$s = 0 or %1$s = 43 or %1$s = 44 or %1$s = 60".formatted(next) : "";
    return "(" + plain + extended + ")";
  }

  private static String drawn(String number, int shift) {
    return "(((" + number + ") * " + SPREAD + ") >> " + (32 - shift) + ") = 0";
  }

  private static String header(BiFunction<Integer, Integer, String> field, int tcp) {
    return "((" + field.apply(tcp + 12, 1) + " & 0xf0) >> 2)";
  }

  /** Which TCP packets; empty for all. */
  private String wanted(BiFunction<Integer, Integer, String> field, int tcp, String payload) {
    String data = payload + " != 0";
    String opens = field.apply(tcp + 13, 1) + " & 2 != 0";
    // Timestamps alone make a header of 32 bytes.
    String reports = field.apply(tcp + 12, 1) + " & 0xf0 > 0x80";
    if (shift == 0) {
      return sent ? data + " or " + opens + " or " + reports : "";
    }
    String lot = RANDOM + " & " + ((1 << shift) - 1) + " = 0";
    String number = sent ? field.apply(tcp + 4, 4) + " + " + payload : field.apply(tcp + 8, 4);
    String hash = sent ? drawn(number, shift) : ackShift == 0 ? "" : drawn(number, ackShift);
    String whenData = sent ? hash : lot;
    String mentioned = reports + " and " + lot;
    String whenNone = sent ? mentioned : hash + " or (" + mentioned + ")";
    if (hash.isEmpty()) {
      return "(%s) or not %s".formatted(lot, data);
    }
    String opening = shift <= MOST_WITH_SYN ? " or " + opens : "";
    return "(%1$s and %2$s) or (not %1$s and (%3$s))%4$s"
        .formatted(data, whenData, whenNone, opening);
  }
}
