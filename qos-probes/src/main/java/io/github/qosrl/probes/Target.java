package io.github.qosrl.probes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host to probe, and the type of traffic it stands for.
 *
 * <p>Text form: {@code HOST}, {@code HOST:TYPE} or {@code HOST:PORT:TYPE}, with a blank instead of
 * the last colon if one likes: {@code 8.8.8.8:dns}, {@code 192.168.1.1 lan}, {@code
 * www.example.com:443:web}. An IPv6 address may stand bare, {@code 2001:db8::1}; with a port or a
 * type it needs brackets: {@code [2001:db8::1]:dns}. Immutable and thread-safe.
 *
 * @param host a name, an IPv4 or an IPv6 address without brackets
 * @param port the TCP port to connect to, 1 to 65535; 0 where the probe's default is meant
 * @param type the traffic type, a lower-case word such as {@code dns} or {@code video}; empty if
 *     none is stated
 */
public record Target(String host, int port, String type) {
  // A host must not start with a dash: it would be taken for an option by the tools.
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9_.:%-]{0,254}");
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  private static final Pattern BARE_IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F.]*:[^ ]*");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:\\[(?<bracketed>[^\\]]+)\\]|(?<plain>[^:\\s\\[\\]]+))"
              + "(?::(?<port>\\d{1,5}))?(?:(?::|\\s+)(?<type>[^:\\s]+))?");

  /** The host's alone: whoever probes keeps its targets in maps, and looks them up all the time. */
  @Override
  public int hashCode() {
    return host.hashCode();
  }

  /**
   * @throws IllegalArgumentException if a part is malformed
   */
  public Target {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("'" + host + "' is not a host name or an IP address");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not within 1 to 65535");
    }
    if (!type.isEmpty() && !TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException(
          "'" + type + "' is not a traffic type: a lower-case word such as dns, lan or video");
    }
  }

  /** A host with no stated type. */
  public static Target of(String host) {
    return new Target(host, 0, "");
  }

  /** A host with a traffic type. */
  public static Target of(String host, String type) {
    return new Target(host, 0, type);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if the text is not a target
   */
  public static Target parse(String text) {
    String stripped = text.strip();
    int blank = stripped.indexOf(' ');
    String head = blank < 0 ? stripped : stripped.substring(0, blank);
    if (BARE_IPV6.matcher(head).matches()) {
      return new Target(head, 0, blank < 0 ? "" : stripped.substring(blank).strip());
    }
    Matcher m = TEXT.matcher(stripped);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a target; write HOST, HOST:TYPE or [IPV6-ADDRESS]:TYPE, for example"
              + " 8.8.8.8:dns");
    }
    String host = m.group("bracketed") != null ? m.group("bracketed") : m.group("plain");
    return new Target(host, port(m.group("port")), orEmpty(m.group("type")));
  }

  /** Whether the host is written as an IPv6 address. */
  public boolean isIpv6Literal() {
    return host.indexOf(':') >= 0;
  }

  /** Whether the host is written as an address, so that nobody needs to look it up. */
  public boolean isLiteral() {
    return isIpv6Literal() || IPV4.matcher(host).matches();
  }

  private static int port(@Nullable String digits) {
    if (digits == null) {
      return 0;
    }
    int port = Integer.parseInt(digits);
    if (port == 0) {
      throw new IllegalArgumentException("port 0 is not within 1 to 65535");
    }
    return port;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** The text form: {@code parse(toString())} is this target. */
  @Override
  public String toString() {
    boolean suffixed = port != 0 || !type.isEmpty();
    return (isIpv6Literal() && suffixed ? "[" + host + "]" : host)
        + (port == 0 ? "" : ":" + port)
        + (type.isEmpty() ? "" : ":" + type);
  }
}
