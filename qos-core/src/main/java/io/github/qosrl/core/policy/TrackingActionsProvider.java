package io.github.qosrl.core.policy;

import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;

/** Makes {@link TrackingActions}. Parameters: {@code factors} and {@code fractions}, rising. */
public final class TrackingActionsProvider implements ActionSetProvider {

  @Override
  public String id() {
    return TrackingActions.ID;
  }

  @Override
  public String description() {
    return "the present limit times a factor, or just under the capacity measured when congested";
  }

  @Override
  public ActionSet create(Settings settings) throws ConfigurationException {
    double[] factors =
        MultiplierActionsProvider.factors(settings, "factors", TrackingActions.DEFAULT_FACTORS);
    double[] fractions =
        MultiplierActionsProvider.factors(settings, "fractions", TrackingActions.DEFAULT_FRACTIONS);
    settings.check();
    return new TrackingActions(factors, fractions);
  }
}
