package io.github.qosrl.core.agent;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.spi.AgentProvider;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.util.Optional;

/**
 * Makes {@link StaticAgent}s, under the name {@code static}, from the settings {@code download} and
 * {@code upload}; a direction without one is left unshaped.
 */
public final class StaticAgentProvider implements AgentProvider {
  @Override
  public String id() {
    return "static";
  }

  @Override
  public String description() {
    return "a fixed rate for each direction: download=RATE, upload=RATE";
  }

  @Override
  public Agent create(Settings settings) throws ConfigurationException {
    ShapingPlan plan = ShapingPlan.UNLIMITED;
    for (Direction direction : Direction.values()) {
      Optional<BitRate> rate = settings.bitRate(direction.label());
      if (rate.isPresent()) {
        plan = plan.with(direction, rate.get());
      }
    }
    if (!settings.has("download") && !settings.has("upload")) {
      settings.problem("download", "or 'upload' must be set, to a rate such as 20mbit");
    }
    settings.check();
    return new StaticAgent(plan);
  }
}
