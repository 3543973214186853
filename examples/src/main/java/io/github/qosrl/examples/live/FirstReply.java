package io.github.qosrl.examples.live;

import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that a delay probe works before anything rests on it: a name that does not resolve
 * should end the start, not be found in a log.
 */
public final class FirstReply {
  private static final Logger LOG = LoggerFactory.getLogger(FirstReply.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private FirstReply() {}

  /**
   * Waits for a reply. None within some seconds is no failure: the link may be down for now.
   *
   * @param targets whom the probe asks, for the message
   * @param flows whether the users' own flows are looked at
   * @throws ProbeException if the probe cannot measure
   */
  public static void await(Probe probe, List<String> targets, boolean flows)
      throws ProbeException, InterruptedException {
    if (!probe.metrics().contains(Metrics.RTT_MEAN)) {
      return;
    }
    MonotonicClock clock = MonotonicClock.system();
    Instant end = clock.now().plus(PATIENCE);
    while (clock.now().isBefore(end)) {
      if (!probe.measure(PAUSE).delays().isEmpty()) {
        return;
      }
      clock.sleepUntil(clock.now().plus(PAUSE));
    }
    LOG.warn(
        "none of the targets ({}) answers; {}. To fix: name targets that answer: ping -c 3 {}",
        String.join(", ", targets),
        flows
            ? "until one does, the users' own packets alone tell of queues"
            : "until one does, no queue is known, and limits stay as they are",
        targets.get(0));
  }
}
