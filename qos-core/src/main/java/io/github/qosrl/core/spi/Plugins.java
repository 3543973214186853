package io.github.qosrl.core.spi;

import io.github.qosrl.core.host.Host;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The providers of one kind that are on the class path.
 *
 * <pre>{@code
 * Shaper shaper = Plugins.shapers().require("tbf").create(host, settings);
 * }</pre>
 *
 * <p>A provider that cannot be loaded is kept as a failure and reported in every message about a
 * provider that was not found. Immutable and thread-safe.
 *
 * @param <P> the kind of provider
 */
public final class Plugins<P extends Provider> {
  private static final Map<Class<?>, String> ARTIFACTS =
      Map.of(
          ProbeProvider.class, "io.github.qosrl:qos-probes",
          ShaperProvider.class, "io.github.qosrl:qos-linux-tc",
          AgentProvider.class, "io.github.qosrl:qos-rl (the DQN; other agents are in qos-core)",
          EnvironmentProvider.class, "io.github.qosrl:qos-core",
          RewardProvider.class, "io.github.qosrl:qos-core");

  private final Class<P> kind;
  private final Map<String, P> byId;
  private final List<String> failures;

  private Plugins(Class<P> kind, Map<String, P> byId, List<String> failures) {
    this.kind = kind;
    this.byId = byId;
    this.failures = failures;
  }

  /** The probes on the class path. */
  public static Plugins<ProbeProvider> probes() throws PluginException {
    return load(ProbeProvider.class);
  }

  /** The shapers on the class path. */
  public static Plugins<ShaperProvider> shapers() throws PluginException {
    return load(ShaperProvider.class);
  }

  /** The agents on the class path. */
  public static Plugins<AgentProvider> agents() throws PluginException {
    return load(AgentProvider.class);
  }

  /** The environments on the class path. */
  public static Plugins<EnvironmentProvider> environments() throws PluginException {
    return load(EnvironmentProvider.class);
  }

  /** The rewards on the class path. */
  public static Plugins<RewardProvider> rewards() throws PluginException {
    return load(RewardProvider.class);
  }

  /**
   * The providers of a kind that the thread's context class loader sees.
   *
   * @throws PluginException if two providers have the same id
   */
  public static <P extends Provider> Plugins<P> load(Class<P> kind) throws PluginException {
    List<P> found = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Iterator<P> providers = ServiceLoader.load(kind).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        found.add(providers.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    return of(kind, found, failures);
  }

  /**
   * A fixed set of providers.
   *
   * @param failures one line for each provider that could not be loaded
   * @throws PluginException if two providers have the same id
   */
  public static <P extends Provider> Plugins<P> of(
      Class<P> kind, List<P> providers, List<String> failures) throws PluginException {
    Map<String, P> byId = new TreeMap<>();
    for (P provider : providers) {
      P other = byId.putIfAbsent(provider.id(), provider);
      if (other != null) {
        throw new PluginException(
            "two providers call themselves '%s': %s and %s; remove one from the class path"
                .formatted(
                    provider.id(), other.getClass().getName(), provider.getClass().getName()));
      }
    }
    return new Plugins<>(kind, byId, List.copyOf(failures));
  }

  /** All of them, in the order of their ids. */
  public List<P> all() {
    return List.copyOf(byId.values());
  }

  /** One line for each provider that is named on the class path but could not be loaded. */
  public List<String> failures() {
    return failures;
  }

  /** The provider of that id, if there is one. */
  public Optional<P> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * The provider of that id.
   *
   * @throws PluginException if there is none: lists those there are
   */
  public P require(String id) throws PluginException {
    P provider = byId.get(id);
    if (provider == null) {
      throw new PluginException(
          "there is no %s '%s'; there are: %s%s"
              .formatted(
                  noun(),
                  id,
                  byId.isEmpty() ? "none" : String.join(", ", byId.keySet()),
                  advice()));
    }
    return provider;
  }

  /**
   * The available provider with the highest priority.
   *
   * @throws PluginException if none is available, which lists why each is not, or if two available
   *     ones share the highest priority
   */
  public P best(Host host) throws PluginException {
    List<P> available = new ArrayList<>();
    StringBuilder reasons = new StringBuilder();
    for (P provider : byId.values()) {
      Availability availability = availability(provider, host);
      if (availability.available()) {
        available.add(provider);
      } else {
        reasons.append("\n  - ").append(provider.id()).append(": ");
        reasons.append(unavailable(availability));
      }
    }
    if (available.isEmpty()) {
      throw new PluginException(
          "no %s works on %s%s%s".formatted(noun(), host.name(), reasons, advice()));
    }
    available.sort(Comparator.comparingInt(Provider::priority).reversed());
    P first = available.get(0);
    if (available.size() > 1 && available.get(1).priority() == first.priority()) {
      throw new PluginException(
          "%ss '%s' and '%s' have the same priority, %d; name the one to use"
              .formatted(noun(), first.id(), available.get(1).id(), first.priority()));
    }
    return first;
  }

  private static Availability availability(Provider provider, Host host) {
    try {
      return provider.availability(host);
    } catch (RuntimeException | LinkageError e) {
      return Availability.no("it is broken: " + e, "");
    }
  }

  private static String unavailable(Availability availability) {
    return availability.reason()
        + (availability.fix().isEmpty() ? "" : "; to fix: " + availability.fix());
  }

  private String advice() {
    StringBuilder advice = new StringBuilder();
    failures.forEach(f -> advice.append("\n  - broken: ").append(f));
    String artifact = ARTIFACTS.get(kind);
    if (artifact != null && byId.isEmpty()) {
      advice.append("\n  add ").append(artifact).append(" to the class path");
    }
    return advice.toString();
  }

  private String noun() {
    String words = kind.getSimpleName().replace("Provider", "");
    return words.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
