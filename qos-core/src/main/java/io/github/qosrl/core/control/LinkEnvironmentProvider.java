package io.github.qosrl.core.control;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Environment;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.EnvironmentProvider;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes {@link LinkEnvironment}s, under the name {@code link}, from parts on the class path:
 *
 * <pre>
 *   interval = 100ms
 *   shaper = htb                  shaper.upload = eth0
 *   probes = ping, counters       probe.ping.targets = 192.0.2.1     probe.ping.period = 5s
 *   reward = utility              reward.delay-cost = 20
 *   initial.download = 20mbit     initial.upload = 5mbit
 * </pre>
 *
 * <p>{@code shaper.}, {@code probe.NAME.} and {@code reward.} lead to the settings of that part;
 * {@code probe.NAME.period} is this environment's own. Without {@code shaper} the best available
 * one is taken.
 */
public final class LinkEnvironmentProvider implements EnvironmentProvider {
  @Override
  public String id() {
    return "link";
  }

  @Override
  public String description() {
    return "a live link: probes, a shaper and a reward, chosen by settings";
  }

  @Override
  public Environment create(Host host, Settings settings)
      throws QosException, InterruptedException {
    Duration interval = settings.duration("interval", Duration.ofMillis(100));
    settings.require(LinkEnvironmentBuilder.accepts(interval), "interval", "a time from 5ms to 1h");
    LinkEnvironmentBuilder builder =
        LinkEnvironment.builder().interval(interval).initialPlan(initialPlan(settings));
    String rewardId = settings.text("reward", "utility");
    Map<String, String> rewardSettings = settings.section("reward");
    Optional<String> shaperId = settings.text("shaper");
    Map<String, String> shaperSettings = settings.section("shaper");
    Map<String, Duration> periods = new LinkedHashMap<>();
    Map<String, Map<String, String>> probeSettings = new LinkedHashMap<>();
    for (String id : settings.list("probes", List.of("ping", "counters"))) {
      periods.put(id, settings.duration("probe." + id + ".period", Duration.ZERO));
      Map<String, String> own = settings.section("probe." + id);
      own.remove("period");
      probeSettings.put(id, own);
    }
    settings.check();

    List<String> problems = new ArrayList<>();
    List<AutoCloseable> made = new ArrayList<>();
    try {
      builder.reward(
          reward(rewardId, Settings.of("reward '" + rewardId + "'", rewardSettings), problems));
      for (Map.Entry<String, Map<String, String>> entry : probeSettings.entrySet()) {
        String id = entry.getKey();
        Settings own = Settings.of("probe '" + id + "'", entry.getValue());
        try {
          Probe probe = Plugins.probes().require(id).create(host, own);
          made.add(probe);
          builder.probe(probe, periods.getOrDefault(id, Duration.ZERO));
        } catch (ConfigurationException e) {
          problems.addAll(e.problems());
        }
      }
      shaper(host, shaperId, shaperSettings, problems)
          .ifPresent(
              shaper -> {
                made.add(shaper);
                builder.shaper(shaper);
              });
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      return builder.build();
    } catch (QosException | InterruptedException | RuntimeException e) {
      closeAll(made, e);
      throw e;
    }
  }

  private static ShapingPlan initialPlan(Settings settings) {
    ShapingPlan plan = ShapingPlan.UNLIMITED;
    for (Direction direction : Direction.values()) {
      Optional<BitRate> rate = settings.bitRate("initial." + direction.label());
      plan = rate.isPresent() ? plan.with(direction, rate.get()) : plan;
    }
    return plan;
  }

  private static Reward reward(String id, Settings own, List<String> problems) throws QosException {
    try {
      return Plugins.rewards().require(id).create(own);
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
      return (direction, before, action, after) -> 0;
    }
  }

  private static Optional<Shaper> shaper(
      Host host, Optional<String> id, Map<String, String> values, List<String> problems)
      throws QosException, InterruptedException {
    var shapers = Plugins.shapers();
    var provider = id.isPresent() ? shapers.require(id.get()) : shapers.best(host);
    try {
      return Optional.of(
          provider.create(host, Settings.of("shaper '" + provider.id() + "'", values)));
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static void closeAll(List<AutoCloseable> made, Exception cause) {
    for (AutoCloseable part : made) {
      try {
        part.close();
      } catch (Exception e) {
        cause.addSuppressed(e);
      }
    }
  }
}
