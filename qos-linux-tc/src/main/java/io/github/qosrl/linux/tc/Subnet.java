package io.github.qosrl.linux.tc;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address or a subnet.
 *
 * @param address its address
 * @param prefix the length of its prefix in bits
 */
record Subnet(InetAddress address, int prefix) {

  Subnet {
    int bits = address.getAddress().length * 8;
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException(
          "prefix length %d is not accepted; accepted: 0 to %d".formatted(prefix, bits));
    }
  }

  /** Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address. Looks nothing up. */
  static Subnet parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    if (!InetAddresses.isInetAddress(literal) || literal.indexOf('%') >= 0) {
      throw new IllegalArgumentException(
          "'%s' is not an address or a subnet such as 192.0.2.0/24".formatted(text));
    }
    InetAddress address = InetAddresses.forString(literal);
    int bits = address.getAddress().length * 8;
    return new Subnet(
        address, slash < 0 ? bits : Match.number(text.substring(slash + 1), bits, "prefix length"));
  }

  boolean ipv6() {
    return address instanceof Inet6Address;
  }

  @Override
  public String toString() {
    return InetAddresses.toAddrString(address) + "/" + prefix;
  }
}
