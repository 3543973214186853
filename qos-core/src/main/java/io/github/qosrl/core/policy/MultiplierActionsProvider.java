package io.github.qosrl.core.policy;

import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.util.ArrayList;
import java.util.List;

/** Makes {@link MultiplierActions}. Parameter: {@code factors}, rising numbers. */
public final class MultiplierActionsProvider implements ActionSetProvider {

  @Override
  public String id() {
    return MultiplierActions.ID;
  }

  @Override
  public String description() {
    return "the present limit times a factor";
  }

  @Override
  public ActionSet create(Settings settings) throws ConfigurationException {
    double[] factors = factors(settings, "factors", MultiplierActions.DEFAULT_FACTORS);
    settings.check();
    return new MultiplierActions(factors);
  }

  /** Reads a list of factors; notes a mistake and returns the default if it is not one. */
  static double[] factors(Settings settings, String key, List<Double> absent) {
    double[] fallback = MultiplierActions.array(absent);
    if (!settings.has(key)) {
      return fallback;
    }
    try {
      List<Double> factors = new ArrayList<>();
      for (String factor : settings.list(key, List.of())) {
        factors.add(Double.valueOf(factor));
      }
      return MultiplierActions.checked(MultiplierActions.array(factors));
    } catch (IllegalArgumentException e) {
      settings.require(false, key, "2 to 64 rising numbers from 0.01 to 100");
      return fallback;
    }
  }
}
