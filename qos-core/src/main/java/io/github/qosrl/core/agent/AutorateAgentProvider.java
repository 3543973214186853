package io.github.qosrl.core.agent;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.spi.AgentProvider;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;

/** Makes {@link AutorateAgent}s, under the name {@code autorate}. */
public final class AutorateAgentProvider implements AgentProvider {
  @Override
  public String id() {
    return "autorate";
  }

  @Override
  public String description() {
    return "the control law of cake-autorate, with its shipped rates";
  }

  @Override
  public Agent create(Settings settings) throws ConfigurationException {
    Map<Direction, RateRange> ranges = RateSettings.ranges(settings, AutorateAgent.shipped());
    settings.check();
    return new AutorateAgent(ranges);
  }
}
