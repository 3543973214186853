package io.github.qosrl.core.agent;

import io.github.qosrl.core.estimate.RateWindow;

/**
 * The queue that the upload should have made at the link: fed at the rate that our shaper lets
 * through, drained at the known capacity. It tells which part of a delay is the upload's doing.
 * Times in seconds, rates in bit/s.
 */
final class UploadQueue {
  /**
   * What is not true of the capacity adds up: the estimate is forgotten with this time constant.
   */
  private static final double MEMORY = 0.3;

  /** A reply shows the queue that its request met: at least this much, and a round trip, ago. */
  private static final double LAG = 0.05;

  private final RateWindow estimates = new RateWindow();
  private double queue;

  void add(long time, double elapsed, double sent, double capacity) {
    if (Double.isNaN(sent) || Double.isNaN(capacity)) {
      return;
    }
    double kept = queue * Math.exp(-elapsed / MEMORY);
    queue = Math.max(0, kept + (sent / capacity - 1) * elapsed);
    estimates.add(time - Math.round(elapsed * 1e9), time, queue);
  }

  /** Delay has vanished, so there is none. */
  void isEmpty() {
    queue = 0;
  }

  /** The longest that a reply can have met which arrives now, after such a round trip. */
  double seen(double roundTrip) {
    double longest = estimates.max(Math.round((roundTrip + LAG) * 1e9));
    return Double.isNaN(longest) ? 0 : longest;
  }
}
