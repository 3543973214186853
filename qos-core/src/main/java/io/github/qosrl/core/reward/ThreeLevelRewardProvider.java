package io.github.qosrl.core.reward;

import io.github.qosrl.core.Reward;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.RewardProvider;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;

/** Makes {@link ThreeLevelReward}s, under the name {@code three-level}. */
public final class ThreeLevelRewardProvider implements RewardProvider {
  @Override
  public String id() {
    return "three-level";
  }

  @Override
  public String description() {
    return "+1 if delay improves and loss is low, -1 if delay worsens or loss is high, else 0";
  }

  @Override
  public Reward create(Settings settings) throws ConfigurationException {
    Duration tolerance = settings.duration("tolerance", Duration.ofMillis(1));
    double relative = settings.number("relative-tolerance", 0.05, 0, 10);
    double low = settings.number("low-loss", 0.02, 0, 1);
    double high = settings.number("high-loss", 0.05, 0, 1);
    settings.require(low <= high, "low-loss", "at most high-loss, " + high);
    settings.check();
    return new ThreeLevelReward(tolerance.toNanos() * 1e-9, relative, low, high);
  }
}
