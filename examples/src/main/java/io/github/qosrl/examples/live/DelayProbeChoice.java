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

/** Chooses what measures the delay: the first that works here, the cheapest to run first. */
public final class DelayProbeChoice {
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
    String auto = config.probe().id().equals("auto") ? available(host) : "";
    return config
        .delayProbe(auto)
        .withDefault("interval", interval(config, tick).toMillis() + "ms");
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
