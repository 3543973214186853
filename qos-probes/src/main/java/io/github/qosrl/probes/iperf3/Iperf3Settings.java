package io.github.qosrl.probes.iperf3;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@link Iperf3Options} from settings. */
final class Iperf3Settings {
  private static final BitRate UDP_RATE = BitRate.ofMegabits(1);

  private Iperf3Settings() {}

  static Iperf3Options read(Settings settings) throws ConfigurationException {
    String server = settings.requiredText("server");
    List<Integer> ports = ports(settings);
    String mode = settings.oneOf("mode", "both", Set.of("down", "up", "both", "bidir"));
    boolean udp = settings.flag("udp", false);
    Optional<BitRate> rate = settings.bitRate("rate");
    Duration duration = seconds(settings, "duration", 5, 1, 60);
    Duration omit = seconds(settings, "omit", 0, 0, 10);
    int streams = settings.integer("streams", 1, 1, 64);
    String bind = settings.text("bind", "");
    String interfaceName = settings.text("interface", "");
    long budget = (long) settings.number("budget", 0, 0, 1e12);
    settings.check();
    try {
      return new Iperf3Options(
          server,
          ports,
          Iperf3Options.Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
          udp,
          udp ? Optional.of(rate.orElse(UDP_RATE)) : rate,
          duration,
          omit,
          streams,
          bind,
          interfaceName,
          budget);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(List.of("probe 'iperf3': " + e.getMessage()));
    }
  }

  private static Duration seconds(Settings settings, String key, int absent, int min, int max) {
    Duration time = settings.duration(key, Duration.ofSeconds(absent));
    boolean fits = time.toNanosPart() == 0 && time.toSeconds() >= min && time.toSeconds() <= max;
    settings.require(fits, key, "whole seconds from " + min + "s to " + max + "s");
    return fits ? time : Duration.ofSeconds(absent);
  }

  private static List<Integer> ports(Settings settings) {
    List<Integer> ports = new ArrayList<>();
    for (String text : settings.list("ports", List.of("5201"))) {
      boolean number = text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1;
      if (number && Integer.parseInt(text) <= 65535) {
        ports.add(Integer.valueOf(text));
      } else {
        settings.problem("ports", "has '" + text + "'; accepted: 1 to 65535, with commas between");
      }
    }
    return ports;
  }
}
