package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.CommandResult;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of {@code tc}, as {@code tc -V} prints it.
 *
 * @param major the first number; 0 if it was not understood
 * @param minor the second number
 */
record TcVersion(int major, int minor) {
  // "tc utility, iproute2-6.1.0, libbpf 1.1.2"; before 5.8 "tc utility, iproute2-ss200127".
  private static final Pattern TEXT = Pattern.compile("iproute2-v?(\\d{1,4})\\.(\\d{1,4})");

  static TcVersion parse(String text) {
    Matcher m = TEXT.matcher(text);
    return m.find()
        ? new TcVersion(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)))
        : new TcVersion(0, 0);
  }

  /**
   * Asks the host.
   *
   * @throws TcException if {@code tc} is not installed or cannot be reached
   */
  static TcVersion of(Host host) throws TcException, InterruptedException {
    try {
      CommandResult result = host.run(Command.of("tc", "-V"));
      return parse(result.orThrow().stdout());
    } catch (HostException e) {
      if (e.kind() == HostException.Kind.NOT_INSTALLED) {
        throw new TcException(
            "tc is not installed on %s; install the package iproute2".formatted(host.name()),
            false);
      }
      throw new TcException(e);
    }
  }

  /** Whether {@code tc -j class show} prints JSON (since iproute2 6.2). */
  boolean jsonClasses() {
    return major > 6 || (major == 6 && minor >= 2);
  }
}
