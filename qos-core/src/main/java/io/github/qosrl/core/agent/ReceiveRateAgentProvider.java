package io.github.qosrl.core.agent;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.spi.AgentProvider;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;

/** Makes {@link ReceiveRateAgent}s, under the name {@code receive-rate}. */
public final class ReceiveRateAgentProvider implements AgentProvider {
  @Override
  public String id() {
    return "receive-rate";
  }

  @Override
  public String description() {
    return "reads the capacity off the congested link; needs no tuning";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Agent create(Settings settings) throws ConfigurationException {
    Map<Direction, RateRange> ranges =
        RateSettings.ranges(settings, RangedAgent.both(ReceiveRateAgent.standard()));
    settings.check();
    return new ReceiveRateAgent(ranges);
  }
}
