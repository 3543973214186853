package io.github.qosrl.examples.config;

import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.policy.PolicyException;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.PluginException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Provider;
import io.github.qosrl.core.spi.Settings;
import java.util.Map;

/**
 * Finds the mistakes in what a configuration says about its parts, before there is a link: a part
 * that does not exist, and settings that it does not accept. Each part is made for that, where
 * nothing runs.
 */
final class PartChecks {
  private final Settings s;
  private final Nowhere nowhere = new Nowhere();

  /**
   * @param s where mistakes are noted
   */
  PartChecks(Settings s) {
    this.s = s;
  }

  /** Notes the mistakes of all parts. */
  void check(ControllerConfig config) {
    checkPart("agent", config.agentPart(), Plugins::agents, (p, settings) -> p.create(settings));
    checkPart("reward", config.reward(), Plugins::rewards, (p, settings) -> p.create(settings));
    // The interfaces are checked as keys of the whole, not as settings of this part.
    Part shaper = config.shaper().with(Map.of("wan", ControllerConfig.STAND_IN));
    checkPart("shaper", shaper, Plugins::shapers, (p, settings) -> p.create(nowhere, settings));
    checkDelayProbe(config.delayProbe("ping"));
    config.bandwidth().ifPresent(part -> checkProbe("iperf3", part));
    config.capture().ifPresent(part -> checkProbe("capture", part));
  }

  private void checkDelayProbe(Part probe) {
    DelayProbes.problem(probe.id())
        .ifPresentOrElse(what -> s.problem("probe", what), () -> checkProbe("probe", probe));
  }

  private void checkProbe(String key, Part part) {
    checkPart(key, part, Plugins::probes, (p, settings) -> p.create(nowhere, settings));
  }

  private interface Kind<P extends Provider> {
    Plugins<P> load() throws PluginException;
  }

  private interface Maker<P> {
    Object make(P provider, Settings settings) throws Exception;
  }

  private <P extends Provider> void checkPart(String key, Part part, Kind<P> kind, Maker<P> maker) {
    P provider;
    try {
      provider = kind.load().require(part.id());
    } catch (PluginException e) {
      s.problem(key, "cannot be used: " + e.getMessage());
      return;
    }
    try {
      Object made = maker.make(provider, Settings.of(part.id(), part.settings()));
      if (made instanceof AutoCloseable open) {
        open.close();
      }
    } catch (ConfigurationException e) {
      e.problems().forEach(problem -> s.problem(key, "has a mistake: " + problem));
    } catch (PolicyException | InputFileException e) {
      s.problem(key, "has a mistake: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // What the machine lacks is told when the part is used.
    }
  }
}
