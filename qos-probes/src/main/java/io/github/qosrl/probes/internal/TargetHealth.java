package io.github.qosrl.probes.internal;

import io.github.qosrl.core.estimate.DelayTracker;
import io.github.qosrl.probes.Target;
import java.util.OptionalDouble;

/**
 * How a probed target did in a window.
 *
 * @param target which
 * @param answered packets answered in time
 * @param lost packets that came to count as lost
 * @param baseline its baseline delay in seconds, if known
 * @param replyAge seconds since its newest reply, if there ever was one
 */
record TargetHealth(
    Target target, int answered, int lost, OptionalDouble baseline, OptionalDouble replyAge) {

  static TargetHealth of(Target target, EchoWindow window, DelayTracker delay, long now) {
    OptionalDouble age =
        window.lastReplyAt() == Long.MIN_VALUE
            ? OptionalDouble.empty()
            : OptionalDouble.of((now - window.lastReplyAt()) * 1e-9);
    return new TargetHealth(target, window.answered(), window.lost(), delay.baseline(), age);
  }
}
