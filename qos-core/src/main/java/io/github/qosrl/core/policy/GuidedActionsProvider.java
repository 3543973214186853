package io.github.qosrl.core.policy;

import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;

/** Makes {@link GuidedActions}. Parameter: {@code factors}, rising numbers. */
public final class GuidedActionsProvider implements ActionSetProvider {

  @Override
  public String id() {
    return GuidedActions.ID;
  }

  @Override
  public String description() {
    return "what receive-rate would set, times a factor";
  }

  @Override
  public ActionSet create(Settings settings) throws ConfigurationException {
    double[] factors =
        MultiplierActionsProvider.factors(settings, "factors", GuidedActions.DEFAULT_FACTORS);
    settings.check();
    return new GuidedActions(factors);
  }
}
