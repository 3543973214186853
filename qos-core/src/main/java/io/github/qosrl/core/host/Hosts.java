package io.github.qosrl.core.host;

/** Makes hosts. Each one made is the caller's, to be closed. */
public final class Hosts {
  private static final String NETNS = "netns:";

  private Hosts() {}

  /** This machine. */
  public static Host local() {
    return new LocalHost();
  }

  /**
   * A network namespace of this machine, as {@code ip netns} names it. It need not exist yet: using
   * it before it does is a {@link HostException} of kind {@code UNREACHABLE}.
   *
   * @throws IllegalArgumentException if no namespace can have that name
   */
  public static Host netns(String namespace) {
    return new NetnsHost(namespace);
  }

  /**
   * Reads how users write a host: {@code local}, or {@code netns:NAME}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Host parse(String text) {
    if (text.equals("local")) {
      return local();
    }
    if (text.startsWith(NETNS)) {
      return netns(text.substring(NETNS.length()));
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a host; accepted: local, or netns:NAME");
  }
}
