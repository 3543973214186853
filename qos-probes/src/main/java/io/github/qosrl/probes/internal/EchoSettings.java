package io.github.qosrl.probes.internal;

import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Reflectors;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@link EchoOptions} from settings. */
public final class EchoSettings {
  private EchoSettings() {}

  /**
   * Reads {@code targets, active, interval, deadline, size, dscp, interface, source,
   * load-interface}, and checks.
   *
   * @throws ConfigurationException with all mistakes at once
   */
  public static EchoOptions read(Settings settings) throws ConfigurationException {
    List<Target> targets = targets(settings);
    EchoOptions.Builder builder =
        EchoOptions.builder(targets)
            .active(settings.integer("active", active(settings, targets), 1, 1000))
            .interval(settings.duration("interval", Duration.ofMillis(200)))
            .deadline(settings.duration("deadline", Duration.ofSeconds(3)))
            .size(settings.integer("size", EchoOptions.DEFAULT_SIZE, 16, 1472))
            .dscp(settings.integer("dscp", 0, 0, 63))
            .interfaceName(settings.text("interface", ""))
            .source(settings.text("source", ""))
            .loadInterface(settings.text("load-interface", ""));
    EchoOptions options = null;
    try {
      options = builder.build();
    } catch (IllegalArgumentException e) {
      if (!targets.isEmpty()) {
        settings.problem("targets", "and the other options do not fit: " + e.getMessage());
      }
    }
    settings.check();
    if (options == null) {
      throw new ConfigurationException(List.of("no targets"));
    }
    return options;
  }

  /** All that are named one by one; of the library's lists only some at a time. */
  private static int active(Settings settings, List<Target> targets) {
    boolean fromLists =
        settings.list("targets", List.of()).stream().anyMatch(t -> Reflectors.list(t).isPresent());
    int all = Math.max(1, targets.size());
    return fromLists ? Math.min(all, Reflectors.ACTIVE) : all;
  }

  private static List<Target> targets(Settings settings) {
    List<Target> targets = new ArrayList<>();
    List<String> texts = settings.list("targets", List.of());
    for (String text : texts) {
      Optional<List<Target>> list = Reflectors.list(text);
      try {
        targets.addAll(list.isPresent() ? list.get() : List.of(Target.parse(text)));
      } catch (IllegalArgumentException e) {
        settings.problem("targets", "has a mistake: " + e.getMessage());
      }
    }
    if (texts.isEmpty()) {
      settings.problem(
          "targets",
          "is missing: at least one host, with its traffic type if you like, such as"
              + " 8.8.8.8:dns; or one of the lists default, default-ipv6, example");
    }
    return targets;
  }
}
