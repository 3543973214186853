package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Availability;
import io.github.qosrl.core.spi.ProbeProvider;
import io.github.qosrl.core.spi.Settings;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes probes of a shaper's counters: id {@code tc-stats}.
 *
 * <p>Settings: {@code wan}, the upload's interface; {@code lan} or {@code ifb}, the download's;
 * {@code classes}, the names of the shaper's traffic classes, in its order.
 */
public final class TcStatsProvider implements ProbeProvider {

  @Override
  public String id() {
    return "tc-stats";
  }

  @Override
  public String description() {
    return "what the shaper passed, dropped, held back and queues, per direction and class";
  }

  @Override
  public Availability availability(Host host) {
    return TcProvider.tcOn(host);
  }

  @Override
  public Probe create(Host host, Settings settings) throws QosException, InterruptedException {
    Map<Direction, String> devices = new EnumMap<>(Direction.class);
    read(settings, "wan", Direction.UPLOAD, devices);
    read(settings, "lan", Direction.DOWNLOAD, devices);
    read(settings, "ifb", Direction.DOWNLOAD, devices);
    List<String> classes = settings.list("classes", List.of());
    if (!settings.has("wan") && !settings.has("lan") && !settings.has("ifb")) {
      settings.problem("wan", "or 'lan' is missing: the interface whose shaper to read");
    }
    settings.check();
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      names.put(TrafficClasses.id(i), classes.get(i));
    }
    return TcStatsProbe.open(host, devices, names, MonotonicClock.system());
  }

  private static void read(
      Settings settings, String key, Direction direction, Map<Direction, String> devices) {
    settings
        .text(key)
        .ifPresent(
            name -> {
              settings.require(
                  Device.isName(name), key, "an interface name, as 'ip -br link' shows it");
              devices.put(direction, name);
            });
  }
}
