package io.github.qosrl.examples.config;

import io.github.qosrl.core.spi.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen: a port of this machine alone, such as {@code 8080}, or an address and a port,
 * such as {@code 192.168.1.1:8080} or {@code [::1]:8080}.
 */
final class HttpAddress {
  private static final Pattern TEXT =
      Pattern.compile("(?:([0-9.]+|\\[[0-9a-fA-F:]+]):)?(\\d{1,5})");

  private HttpAddress() {}

  /** Reads {@code http}. */
  static Optional<InetSocketAddress> read(Settings s) {
    Optional<InetSocketAddress> address = s.text("http").flatMap(HttpAddress::parse);
    s.require(
        address.isPresent() || !s.has("http"),
        "http",
        "a port such as 8080, for this machine alone, or an address such as 192.168.1.1:8080");
    return address;
  }

  private static Optional<InetSocketAddress> parse(String text) {
    Matcher m = TEXT.matcher(text.strip());
    if (!m.matches() || Integer.parseInt(m.group(2)) > 65_535) {
      return Optional.empty();
    }
    try {
      // Digits only: no name is looked up.
      InetAddress host =
          m.group(1) == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(m.group(1));
      return Optional.of(new InetSocketAddress(host, Integer.parseInt(m.group(2))));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
