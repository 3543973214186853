package io.github.qosrl.examples.config;

import io.github.qosrl.core.spi.PluginException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Provider;
import java.util.Optional;
import java.util.stream.Collectors;

/** The probes by which an agent can decide: those that measure the delay to targets. */
public final class DelayProbes {
  private DelayProbes() {}

  /**
   * What keeps a probe from being one.
   *
   * @param id as the user wrote it, but not {@code auto}
   * @return what to say after the name of the setting; empty if it is one
   */
  public static Optional<String> problem(String id) {
    try {
      Plugins<ProbeProvider> probes = Plugins.probes();
      if (probes.require(id).measuresDelay()) {
        return Optional.empty();
      }
      String accepted =
          probes.all().stream()
              .filter(ProbeProvider::measuresDelay)
              .map(Provider::id)
              .collect(Collectors.joining(", "));
      return Optional.of(
          "cannot be %s, which does not measure the delay to targets; accepted: auto, %s"
              .formatted(id, accepted));
    } catch (PluginException e) {
      return Optional.of("cannot be used: " + e.getMessage());
    }
  }
}
