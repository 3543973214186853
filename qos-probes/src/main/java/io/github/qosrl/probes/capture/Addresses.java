package io.github.qosrl.probes.capture;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be said of addresses: which are local, which private, and how to hide them. */
final class Addresses {
  private static final Pattern INET = Pattern.compile("\\binet6? ([0-9a-fA-F:.]+)");

  private final Set<ByteBuffer> local;
  private final byte[] salt;
  private final boolean anonymous;

  /**
   * @param ipAddr what {@code ip -o addr show dev IF} printed: the local addresses
   * @param anonymous whether to hide addresses
   * @param salt makes what stands for an address differ from run to run
   */
  Addresses(String ipAddr, boolean anonymous, byte[] salt) {
    this.local = new HashSet<>();
    this.anonymous = anonymous;
    this.salt = salt.clone();
    Matcher m = INET.matcher(ipAddr);
    while (m.find()) {
      try {
        // The text is a literal address, so nothing is looked up.
        local.add(ByteBuffer.wrap(InetAddress.getByName(m.group(1)).getAddress()));
      } catch (UnknownHostException e) {
        // Not an address after all.
      }
    }
  }

  boolean isLocal(byte[] address) {
    return local.contains(ByteBuffer.wrap(address));
  }

  /** Private, link-local or multicast (RFC 1918, 3927, 4193, 4291). */
  static boolean isPrivate(byte[] a) {
    int first = a[0] & 0xff;
    int second = a[1] & 0xff;
    if (a.length == 4) {
      return first == 10
          || first == 172 && second >= 16 && second < 32
          || first == 192 && second == 168
          || first == 169 && second == 254
          || first == 127
          || first >= 224;
    }
    return (first & 0xfe) == 0xfc || first == 0xfe && (second & 0xc0) == 0x80 || first == 0xff;
  }

  /** The address as text. */
  static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  /** The address as text, or a stand-in that is the same for the same address within this run. */
  String shown(byte[] address) {
    if (!anonymous) {
      return text(address);
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      byte[] hash = digest.digest(address);
      return "anon-" + HexFormat.of().formatHex(Arrays.copyOf(hash, 6));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A salt from a text. */
  static byte[] salt(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
