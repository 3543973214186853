package io.github.qosrl.core.agent;

import io.github.qosrl.core.Agent;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.spi.AgentProvider;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;

/** Makes {@link PlainReceiveRateAgent}s, under the name {@code receive-rate-plain}. */
public final class PlainReceiveRateAgentProvider implements AgentProvider {
  @Override
  public String id() {
    return "receive-rate-plain";
  }

  @Override
  public String description() {
    return "the first form of receive-rate, to compare with: the download only";
  }

  @Override
  public Agent create(Settings settings) throws ConfigurationException {
    Map<Direction, RateRange> ranges =
        RateSettings.ranges(settings, RangedAgent.both(ReceiveRateAgent.standard()));
    RateRange download = ranges.get(Direction.DOWNLOAD);
    settings.require(download != null, "directions", "download, or both");
    settings.check();
    return download == null ? new PlainReceiveRateAgent() : new PlainReceiveRateAgent(download);
  }
}
