package io.github.qosrl.probes.capture;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What can be said of addresses: which are private, and how to hide them. */
final class Addresses {
  private final byte[] salt;
  private final boolean anonymous;

  /**
   * @param anonymous whether to hide addresses
   * @param salt makes what stands for an address differ from run to run
   */
  Addresses(boolean anonymous, byte[] salt) {
    this.anonymous = anonymous;
    this.salt = salt.clone();
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
