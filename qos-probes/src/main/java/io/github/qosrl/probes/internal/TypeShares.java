package io.github.qosrl.probes.internal;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.probes.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The traffic types among the targets: the echo metrics of each type, and {@link
 * Metrics#TARGET_TYPE}, the part of the probed targets that is of the type. With one target that is
 * its type, one-hot.
 */
final class TypeShares {
  private final Map<String, EchoMetrics> metricsByType = new LinkedHashMap<>();
  private final Map<String, Metric> shareByType = new LinkedHashMap<>();

  TypeShares(List<Target> targets) {
    Set<String> hosts = new LinkedHashSet<>();
    targets.forEach(target -> hosts.add(target.host()));
    for (Target target : targets) {
      // A host that is called like a type keeps the scope for itself.
      if (!target.type().isEmpty() && !hosts.contains(target.type())) {
        metricsByType.computeIfAbsent(target.type(), EchoMetrics::of);
        shareByType.computeIfAbsent(target.type(), Metrics.TARGET_TYPE::in);
      }
    }
  }

  List<Metric> metrics() {
    List<Metric> all = new ArrayList<>(shareByType.values());
    metricsByType.values().forEach(m -> all.addAll(m.all()));
    return all;
  }

  void addTo(Measurement.Builder m, Map<Target, EchoWindow> windows, long now, double seconds) {
    for (Map.Entry<String, EchoMetrics> type : metricsByType.entrySet()) {
      List<EchoWindow> ofType = new ArrayList<>();
      windows.forEach(
          (target, window) -> {
            if (target.type().equals(type.getKey())) {
              ofType.add(window);
            }
          });
      if (!windows.isEmpty()) {
        m.put(shareOf(type.getKey()), (double) ofType.size() / windows.size());
      }
      if (!ofType.isEmpty()) {
        EchoWindow.pool(ofType).addTo(m, type.getValue(), now, seconds);
      }
    }
  }

  private Metric shareOf(String type) {
    return shareByType.getOrDefault(type, Metrics.TARGET_TYPE.in(type));
  }
}
