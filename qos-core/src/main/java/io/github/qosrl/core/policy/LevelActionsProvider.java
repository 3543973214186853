package io.github.qosrl.core.policy;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.util.ArrayList;
import java.util.List;

/** Makes {@link LevelActions}. Parameters: {@code download}, {@code upload}; rates, falling. */
public final class LevelActionsProvider implements ActionSetProvider {

  @Override
  public String id() {
    return LevelActions.ID;
  }

  @Override
  public String description() {
    return "fixed rates to choose from: high, medium, low";
  }

  @Override
  public ActionSet create(Settings settings) throws ConfigurationException {
    List<BitRate> download = rates(settings, "download");
    List<BitRate> upload = rates(settings, "upload");
    settings.require(download.size() == upload.size(), "upload", "as many rates as for 'download'");
    settings.check();
    return new LevelActions(download, upload);
  }

  private static List<BitRate> rates(Settings settings, String key) {
    if (!settings.has(key)) {
      return LevelActions.DEFAULT_LEVELS;
    }
    List<BitRate> rates = new ArrayList<>();
    boolean good = true;
    for (String text : settings.list(key, List.of())) {
      try {
        rates.add(BitRate.parse(text));
        int n = rates.size();
        good &= n < 2 || rates.get(n - 1).compareTo(rates.get(n - 2)) < 0;
      } catch (IllegalArgumentException e) {
        good = false;
      }
    }
    settings.require(
        good && rates.size() >= 2, key, "at least 2 falling rates, such as 10mbit,5mbit,1mbit");
    return rates;
  }
}
