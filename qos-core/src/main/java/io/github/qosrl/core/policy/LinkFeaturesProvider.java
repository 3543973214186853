package io.github.qosrl.core.policy;

import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.util.HashSet;
import java.util.List;

/** Makes {@link LinkFeatures}. Parameters: {@code history}, {@code types}, {@code target-type}. */
public final class LinkFeaturesProvider implements FeatureEncoderProvider {

  @Override
  public String id() {
    return LinkFeatures.ID;
  }

  @Override
  public String description() {
    return "scale-free features of load, delay and their history";
  }

  @Override
  public FeatureEncoder create(Settings settings) throws ConfigurationException {
    return read(settings);
  }

  static LinkFeatures read(Settings settings) throws ConfigurationException {
    int history =
        settings.integer("history", LinkFeatures.DEFAULT_HISTORY, 1, LinkFeatures.MAX_HISTORY);
    List<String> types = settings.list("types", List.of());
    String targetType = settings.text("target-type", "");
    settings.require(
        targetType.isEmpty() || types.contains(targetType), "target-type", "one of " + types);
    settings.require(
        types.size() <= LinkFeatures.MAX_TYPES && new HashSet<>(types).size() == types.size(),
        "types",
        "up to " + LinkFeatures.MAX_TYPES + " different names");
    settings.check();
    return new LinkFeatures(history, types, targetType);
  }
}
