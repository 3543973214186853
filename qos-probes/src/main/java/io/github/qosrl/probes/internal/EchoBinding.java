package io.github.qosrl.probes.internal;

import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the packets of an echo probe are bound to on a host. Immutable.
 *
 * @param options with the interface to bind to, and the targets that can be reached by it
 * @param ipv4Source the address to send from; empty for the system's choice
 * @param ipv6Source the same for IPv6
 */
public record EchoBinding(EchoOptions options, String ipv4Source, String ipv6Source) {
  private static final Logger LOG = LoggerFactory.getLogger(EchoBinding.class);

  /** What the options say, unchecked. */
  public static EchoBinding of(EchoOptions options) {
    boolean ipv6 = options.source().indexOf(':') >= 0;
    return new EchoBinding(options, ipv6 ? "" : options.source(), ipv6 ? options.source() : "");
  }

  /**
   * What the options say, as far as it can be done on a host: targets that cannot be reached by the
   * interface, or from the source, are left out with a warning.
   *
   * @throws ProbeException if none is left, or the interface has no address
   */
  public static EchoBinding on(Host host, EchoOptions options) throws ProbeException {
    EchoBinding asked = of(options);
    if (options.interfaceName().isEmpty()) {
      return options.source().isEmpty() ? asked : asked.without(asked.ofAnotherVersion());
    }
    Optional<Uplink> uplink = Uplink.find(host, options.interfaceName(), options.targets());
    if (uplink.isEmpty()) {
      return asked;
    }
    if (!uplink.get().name().equals(options.interfaceName())) {
      LOG.warn(
          "{} has no address, but {} upon it has: by that the probes leave",
          options.interfaceName(),
          uplink.get().name());
    }
    EchoBinding bound =
        new EchoBinding(
            with(options, options.targets(), uplink.get().name()),
            asked.ipv4Source(),
            asked.ipv6Source());
    return options.source().isEmpty()
        ? bound.without(unreachable(uplink.get(), options.targets())).from(uplink.get())
        : bound.without(bound.ofAnotherVersion());
  }

  private static List<Obstacle> unreachable(Uplink uplink, List<Target> targets) {
    List<Obstacle> found = new ArrayList<>();
    for (Target target : targets) {
      uplink.obstacle(target).ifPresent(why -> found.add(new Obstacle(target, why)));
    }
    return found;
  }

  private List<Obstacle> ofAnotherVersion() {
    List<Obstacle> found = new ArrayList<>();
    for (Target target : options.targets()) {
      if (target.isLiteral() && source(target).isEmpty()) {
        String why = "%s is not of the IP version of %s".formatted(options.source(), target.host());
        found.add(new Obstacle(target, why));
      }
    }
    return found;
  }

  private record Obstacle(Target target, String why) {}

  private EchoBinding without(List<Obstacle> obstacles) throws ProbeException {
    if (obstacles.isEmpty()) {
      return this;
    }
    List<Target> left = new ArrayList<>(options.targets());
    obstacles.forEach(obstacle -> left.remove(obstacle.target()));
    if (left.isEmpty()) {
      throw new ProbeException(
          obstacles.get(0).why()
              + "; to fix: name a target that can be reached that way, or another interface");
    }
    obstacles.forEach(o -> LOG.warn("{} is not probed: {}", o.target().host(), o.why()));
    return new EchoBinding(with(options, left, options.interfaceName()), ipv4Source, ipv6Source);
  }

  private static EchoOptions with(EchoOptions all, List<Target> targets, String interfaceName) {
    return new EchoOptions(
        targets,
        Math.min(all.active(), targets.size()),
        all.interval(),
        all.deadline(),
        all.size(),
        all.dscp(),
        interfaceName,
        all.source(),
        all.loadInterface());
  }

  /** With the sources without which the interface's own routes are not found. */
  private EchoBinding from(Uplink uplink) {
    Map<Boolean, String> needed = new HashMap<>();
    for (Target target : options.targets()) {
      needed.computeIfAbsent(
          target.isIpv6Literal(), version -> uplink.neededSource(target).orElse(""));
    }
    String ipv4 = needed.getOrDefault(false, "");
    String ipv6 = needed.getOrDefault(true, "");
    // A name may stand for an address of either version.
    boolean nameByIpv6 = ipv4.indexOf(':') >= 0;
    return new EchoBinding(options, nameByIpv6 ? "" : ipv4, nameByIpv6 ? ipv4 : ipv6);
  }

  /** The same with another time between two packets. */
  public EchoBinding every(Duration interval) {
    return new EchoBinding(options.every(interval), ipv4Source, ipv6Source);
  }

  /** The same from these addresses; empty for the system's choice. */
  public EchoBinding from(String ipv4, String ipv6) {
    return new EchoBinding(options, ipv4, ipv6);
  }

  /**
   * The same with the addresses that the host has now, if it was found by them and not by the user:
   * an uplink's address may change at any time.
   */
  public EchoBinding renewed(Host host) {
    if (!options.source().isEmpty() || sources().isEmpty()) {
      return this;
    }
    try {
      Optional<Uplink> uplink = Uplink.find(host, options.interfaceName(), options.targets());
      return uplink.isEmpty() ? this : from(uplink.get());
    } catch (ProbeException e) {
      return this; // It has no address for now.
    }
  }

  /** The address to send from to a target; empty for the system's choice. */
  public String source(Target target) {
    if (target.isIpv6Literal()) {
      return ipv6Source;
    }
    return target.isLiteral() || !ipv4Source.isEmpty() ? ipv4Source : ipv6Source;
  }

  /** The address to send from by a version of IP; empty for the system's choice. */
  public String source(boolean ipv6) {
    return ipv6 ? ipv6Source : ipv4Source;
  }

  /** The addresses to send from, one for each IP version at most. */
  public Set<String> sources() {
    Set<String> sources = new LinkedHashSet<>(List.of(ipv4Source, ipv6Source));
    sources.remove("");
    return sources;
  }
}
