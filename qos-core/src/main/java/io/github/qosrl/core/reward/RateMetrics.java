package io.github.qosrl.core.reward;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;

/** The direction-scoped metrics that rewards read at every tick, made once. */
final class RateMetrics {
  private static final Metric AVAILABLE_DOWNLOAD =
      Metrics.AVAILABLE_BANDWIDTH.in(Direction.DOWNLOAD);
  private static final Metric AVAILABLE_UPLOAD = Metrics.AVAILABLE_BANDWIDTH.in(Direction.UPLOAD);
  private static final Metric TEST_LOSS_DOWNLOAD = Metrics.TEST_LOSS.in(Direction.DOWNLOAD);
  private static final Metric TEST_LOSS_UPLOAD = Metrics.TEST_LOSS.in(Direction.UPLOAD);

  private RateMetrics() {}

  static Metric available(Direction direction) {
    return direction == Direction.DOWNLOAD ? AVAILABLE_DOWNLOAD : AVAILABLE_UPLOAD;
  }

  static Metric testLoss(Direction direction) {
    return direction == Direction.DOWNLOAD ? TEST_LOSS_DOWNLOAD : TEST_LOSS_UPLOAD;
  }
}
