package io.github.qosrl.core.policy;

import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;

/** Makes {@link GuidedFeatures}. Parameters: those of {@link LinkFeatures}. */
public final class GuidedFeaturesProvider implements FeatureEncoderProvider {

  @Override
  public String id() {
    return GuidedFeatures.ID;
  }

  @Override
  public String description() {
    return "the features of a link, and what receive-rate would do";
  }

  @Override
  public FeatureEncoder create(Settings settings) throws ConfigurationException {
    return new GuidedFeatures(LinkFeaturesProvider.read(settings));
  }
}
