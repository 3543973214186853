package io.github.qosrl.probes.internal;

import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Notices targets that have been silent for so long that it is worth another look at what their
 * names mean, and another socket. Not thread-safe.
 */
final class SilenceWatch {
  static final Duration LONG = Duration.ofMinutes(1);

  /** When each target last answered, was taken in, or was renewed. */
  private final Map<Target, Instant> since = new HashMap<>();

  /** Those that have been silent for {@link #LONG}; forgets those that are probed no more. */
  List<Target> silent(Instant now, List<TargetHealth> health) {
    if (since.size() > health.size()) {
      since.clear();
    }
    List<Target> silent = new ArrayList<>();
    for (TargetHealth h : health) {
      since.putIfAbsent(h.target(), now);
      OptionalDouble age = h.replyAge();
      if (age.isPresent()) {
        Instant heard = now.minusNanos((long) (age.getAsDouble() * 1e9));
        since.merge(h.target(), heard, (a, b) -> a.isAfter(b) ? a : b);
      }
      Instant sign = Objects.requireNonNull(since.get(h.target()));
      if (Duration.between(sign, now).compareTo(LONG) >= 0) {
        silent.add(h.target());
      }
    }
    return silent;
  }

  /** Those get another while. */
  void renewed(List<Target> targets, Instant now) {
    targets.forEach(target -> since.put(target, now));
  }
}
