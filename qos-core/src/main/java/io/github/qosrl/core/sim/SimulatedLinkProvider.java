package io.github.qosrl.core.sim;

import io.github.qosrl.core.Environment;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.EnvironmentProvider;
import io.github.qosrl.core.spi.Settings;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes simulated links. Settings:
 *
 * <ul>
 *   <li>{@code scenario}: a name of {@link Scenarios}; default {@code lte}
 *   <li>{@code set}: {@code training}, {@code validation} or {@code test}; another scenario of that
 *       set in each episode, instead of a named one
 *   <li>{@code trace}, {@code upload-trace}: files that give the capacity; {@code trace-format}:
 *       {@code mahimahi} (default) or {@code rates} (kbit/s for each 100 ms)
 *   <li>{@code rtt}, {@code buffer}, {@code loss}, {@code interval}, {@code duration}: as {@link
 *       ScenarioBuilder} has them; default the scenario's
 *   <li>{@code queue}: {@code cake} or {@code fifo}, our shaper's queue
 *   <li>{@code icmp-apart}: whether bottlenecks serve pings before all else; default the scenario's
 *   <li>{@code passive}: whether the users' packets are read; {@code timestamps}, {@code quic}:
 *       parts of the flows; {@code timestamp-tick}; {@code clock-drift} in ppm; {@code
 *       delayed-acks}: as {@link PassiveSignals} has them; default the scenario's
 * </ul>
 */
public final class SimulatedLinkProvider implements EnvironmentProvider {

  @Override
  public String id() {
    return "sim";
  }

  @Override
  public String description() {
    return "a simulated link: deep buffers, TCP flows and moving capacity, in virtual time";
  }

  @Override
  public Environment create(Host host, Settings settings) throws ConfigurationException {
    boolean drawn = settings.has("set");
    String set = settings.oneOf("set", "training", Set.of("training", "validation", "test"));
    String name = settings.text("scenario", "lte");
    if (drawn && settings.has("scenario")) {
      settings.problem("set", "contradicts 'scenario'; give one of the two");
    }
    if (!Scenarios.names().contains(name)) {
      settings.require(false, "scenario", String.join(", ", Scenarios.names()));
      name = "lte";
    }
    UnaryOperator<ScenarioBuilder> changes = changes(settings);
    Scenario named = Scenarios.named(name);
    try {
      Scenario fixed = changes.apply(named.toBuilder()).build();
      settings.check();
      return drawn ? drawing(set, changes) : new SimulatedLink(fixed);
    } catch (IllegalArgumentException e) {
      settings.problem("scenario", "cannot be played: " + e.getMessage());
      settings.check();
      throw e;
    }
  }

  private static Environment drawing(String set, UnaryOperator<ScenarioBuilder> changes) {
    ScenarioSet from = ScenarioSet.valueOf(set.toUpperCase(java.util.Locale.ROOT));
    return new SimulatedLink(seed -> changes.apply(from.draw(seed).toBuilder()).build());
  }

  private static UnaryOperator<ScenarioBuilder> changes(Settings settings) {
    String format = settings.oneOf("trace-format", "mahimahi", Set.of("mahimahi", "rates"));
    Optional<CapacityProcess> download = trace(settings, "trace", format);
    Optional<CapacityProcess> upload = trace(settings, "upload-trace", format);
    Optional<Duration> rtt = time(settings, "rtt");
    Optional<Duration> buffer = time(settings, "buffer");
    Optional<Duration> interval = time(settings, "interval");
    Optional<Duration> duration = time(settings, "duration");
    double loss = settings.number("loss", -1, 0, 1);
    String queue = settings.oneOf("queue", "", Set.of("cake", "fifo"));
    Optional<Boolean> icmpApart = flag(settings, "icmp-apart");
    UnaryOperator<PassiveSignals> signals = signals(settings);
    return builder -> {
      builder.passiveSignals(signals);
      icmpApart.ifPresent(builder::icmpApart);
      download.ifPresent(builder::download);
      upload.ifPresent(builder::upload);
      rtt.ifPresent(builder::baseRtt);
      buffer.ifPresent(builder::buffer);
      interval.ifPresent(builder::interval);
      duration.ifPresent(builder::duration);
      if (loss >= 0) {
        builder.randomLoss(loss);
      }
      if (!queue.isEmpty()) {
        builder.shaperQueue(queue.equals("cake") ? QueueDiscipline.CAKE : QueueDiscipline.FIFO);
      }
      return builder;
    };
  }

  private static UnaryOperator<PassiveSignals> signals(Settings settings) {
    Optional<Boolean> probe = flag(settings, "passive");
    double timestamps = settings.number("timestamps", -1, 0, 1);
    double quic = settings.number("quic", -1, 0, 1);
    Optional<Duration> tick = time(settings, "timestamp-tick");
    OptionalDouble drift =
        settings.has("clock-drift")
            ? OptionalDouble.of(settings.number("clock-drift", 0, -200, 200) / 1e6)
            : OptionalDouble.empty();
    Optional<Boolean> delayedAcks = flag(settings, "delayed-acks");
    return signals -> {
      PassiveSignals changed = probe.map(signals::withProbe).orElse(signals);
      changed = timestamps >= 0 ? changed.withTimestamps(timestamps) : changed;
      changed = quic >= 0 ? changed.withQuic(quic) : changed;
      changed = tick.map(changed::withTimestampTick).orElse(changed);
      changed = drift.isPresent() ? changed.withClockDrift(drift.getAsDouble()) : changed;
      return delayedAcks.map(changed::withDelayedAcks).orElse(changed);
    };
  }

  private static Optional<Boolean> flag(Settings settings, String key) {
    return settings.has(key) ? Optional.of(settings.flag(key, false)) : Optional.empty();
  }

  private static Optional<Duration> time(Settings settings, String key) {
    return settings.has(key)
        ? Optional.of(settings.duration(key, Duration.ofSeconds(1)))
        : Optional.empty();
  }

  private static Optional<CapacityProcess> trace(Settings settings, String key, String format) {
    Optional<String> file = settings.text(key);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(file.get());
      return Optional.of(
          format.equals("rates") ? CapacityTraces.rates(path) : CapacityTraces.mahimahi(path));
    } catch (InvalidPathException | IOException e) {
      settings.problem(key, "cannot be played: " + e.getMessage());
      return Optional.empty();
    }
  }
}
