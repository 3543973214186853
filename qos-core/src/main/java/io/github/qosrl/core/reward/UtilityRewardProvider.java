package io.github.qosrl.core.reward;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Reward;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.RewardProvider;
import io.github.qosrl.core.spi.Settings;

/** Makes {@link UtilityReward}s, under the name {@code utility}. */
public final class UtilityRewardProvider implements RewardProvider {
  @Override
  public String id() {
    return "utility";
  }

  @Override
  public String description() {
    return "log throughput, less costs of delay, of loss and of changing the rate";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Reward create(Settings settings) throws ConfigurationException {
    UtilityReward standard = UtilityReward.standard();
    double delay = settings.number("delay-cost", standard.delayCost(), 0, 1e6);
    double loss = settings.number("loss-cost", standard.lossCost(), 0, 1e6);
    double change = settings.number("change-cost", standard.changeCost(), 0, 1e6);
    BitRate reference = settings.bitRate("reference", standard.reference());
    settings.check();
    return new UtilityReward(delay, loss, change, reference);
  }
}
