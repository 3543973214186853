package io.github.qosrl.core.host;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

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
   * Reads how users write a host: {@code local}, {@code netns:NAME}, or what a {@link HostProvider}
   * on the class path accepts, such as {@code ssh:USER@ROUTER} with qos-linux-tc. Reaches for
   * nothing yet.
   *
   * @throws IllegalArgumentException if the text is none of these: says what is accepted
   */
  public static Host parse(String text) {
    if (text.equals("local")) {
      return local();
    }
    if (text.startsWith(NETNS)) {
      return netns(text.substring(NETNS.length()));
    }
    List<String> broken = new ArrayList<>();
    List<HostProvider> providers = providers(broken);
    for (HostProvider provider : providers) {
      if (text.startsWith(provider.scheme() + ":")) {
        return provider.host(text.substring(provider.scheme().length() + 1));
      }
    }
    throw new IllegalArgumentException(
        "'%s' is not a host; accepted: %s%s"
            .formatted(
                text, accepted(providers), broken.isEmpty() ? "" : "; broken: " + broken.get(0)));
  }

  /** How users may write a host, for help texts and messages. */
  public static String syntax() {
    return accepted(providers(new ArrayList<>()));
  }

  private static String accepted(List<HostProvider> providers) {
    StringBuilder text = new StringBuilder("local, netns:NAME");
    providers.forEach(provider -> text.append(", ").append(provider.syntax()));
    return text.toString();
  }

  private static List<HostProvider> providers(List<String> broken) {
    List<HostProvider> found = new ArrayList<>();
    Iterator<HostProvider> providers = ServiceLoader.load(HostProvider.class).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return found;
        }
        found.add(providers.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        broken.add(String.valueOf(e.getMessage()));
      }
    }
  }
}
