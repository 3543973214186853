package io.github.qosrl.examples.train;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.FeatureEncoder;
import io.github.qosrl.core.policy.FeatureEncoderProvider;
import io.github.qosrl.core.policy.LinkFeatures;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.examples.config.Part;

/** What a trained policy sees, as the settings of a configuration's agent have it. */
final class EncoderChoice {
  private EncoderChoice() {}

  /**
   * The encoder that {@code encoder} names, with what {@code encoder.KEY} says: the agent {@code
   * dqn} reads them alike. Without them, {@code link} with its defaults.
   *
   * @throws QosException if there is none of that name, or a setting is not accepted
   */
  static FeatureEncoder of(Part agent) throws QosException {
    Settings settings = Settings.of("agent " + agent.id(), agent.settings());
    String id = settings.text("encoder", LinkFeatures.ID);
    return Plugins.load(FeatureEncoderProvider.class)
        .require(id)
        .create(Settings.of("encoder " + id, settings.section("encoder")));
  }
}
