package io.github.qosrl.examples.live;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.examples.config.ControllerConfig;
import io.github.qosrl.examples.config.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what measures the delay: what the user names, else the first that works here, the
 * cheapest to run first; and binds it to its uplink.
 */
public final class DelayProbeChoice {
  private static final Logger LOG = LoggerFactory.getLogger(DelayProbeChoice.class);
  private static final List<String> BEST_FIRST = List.of("fping", "ping");
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final int REPLIES = 3;

  private DelayProbeChoice() {}

  /**
   * The probe and its settings.
   *
   * @param tick time between two decisions
   */
  static Part of(Host host, ControllerConfig config, Duration tick) throws QosException {
    String id = provider(host, config.probe().id()).id();
    Part part =
        config.delayProbe(id).withDefault("interval", interval(config, tick).toMillis() + "ms");
    return bound(part, config.wan());
  }

  /**
   * What a user means by a probe's id.
   *
   * @param id may be {@code auto}
   * @throws ProbeException if it cannot work on the host
   */
  public static ProbeProvider provider(Host host, String id) throws QosException {
    return AvailableProbe.require(Plugins.probes(), id.equals("auto") ? available(host) : id, host);
  }

  /**
   * A probe with what binds it to an interface, as far as its settings leave that open: one that
   * says from which address to send has chosen the way.
   */
  public static Part bound(Part probe, String interfaceName) throws QosException {
    if (!Plugins.probes().require(probe.id()).bindsToInterface()) {
      LOG.warn(
          "{} cannot be bound to {}: it measures whatever uplink the system chooses",
          probe.id(),
          interfaceName);
      return probe;
    }
    Part loaded = probe.withDefault("load-interface", interfaceName);
    return probe.settings().containsKey("source")
        ? loaded
        : loaded.withDefault("interface", interfaceName);
  }

  /**
   * Three replies a tick from all targets together, and none asked more often than every 50 ms:
   * with one a tick, the delay rises by several milliseconds more where a capacity falls; with two,
   * by a twentieth more.
   */
  private static Duration interval(ControllerConfig config, Duration tick) {
    Duration each = tick.multipliedBy(config.targets().size()).dividedBy(REPLIES);
    return each.compareTo(SHORTEST) < 0 ? SHORTEST : each;
  }

  /**
   * The best that works on a host.
   *
   * @throws ProbeException if none does; says why, and how to get each
   */
  public static String available(Host host) throws QosException {
    Plugins<ProbeProvider> probes = Plugins.probes();
    StringBuilder reasons = new StringBuilder();
    for (String id : BEST_FIRST) {
      Optional<ProbeProvider> provider = probes.find(id);
      if (provider.isPresent()) {
        Availability availability = provider.get().availability(host);
        if (availability.available()) {
          return id;
        }
        reasons.append("; ").append(id).append(": ").append(availability.reason());
        if (!availability.fix().isEmpty()) {
          reasons.append(" (to fix: ").append(availability.fix()).append(')');
        }
      }
    }
    throw new ProbeException("nothing here can measure the delay" + reasons);
  }
}
