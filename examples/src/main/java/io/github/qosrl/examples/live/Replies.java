package io.github.qosrl.examples.live;

import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.Tick;
import io.github.qosrl.probes.Target;
import java.util.List;
import java.util.stream.Collectors;

/** Finds out that a whole run passed without a reply, and with no queue known by other means. */
public final class Replies implements LoopListener {
  private final List<Target> targets;
  private boolean any;

  /**
   * @param targets whom the delay is measured to
   */
  public Replies(List<Target> targets) {
    this.targets = targets;
  }

  @Override
  public void onTick(Tick tick) {
    Observation seen = tick.step().observation();
    any |= seen.get(Metrics.RTT_MEAN).isPresent() || !seen.state().blind();
  }

  /**
   * Fails if there was none.
   *
   * @throws ProbeException that names the targets
   */
  public void check() throws ProbeException {
    if (!any) {
      throw new ProbeException(
          "no reply came from %s in the whole run, so nothing is known of the delay; name targets that answer: ping -c 3 %s"
              .formatted(
                  targets.stream().map(Target::host).collect(Collectors.joining(", ")),
                  targets.get(0).host()));
    }
  }
}
