package io.github.qosrl.core.agent;

/**
 * How a rate is kept near a capacity that stands still: it is that capacity times 1 + gain × (goal
 * − queue), the queue as it will be.
 *
 * <p>A loop whose delay is a round trip, a tick and a probe's interval, about 0.1 s, stays calm at
 * gains up to 1 / (e × 0.1 s), and damped by foresight a little beyond. Times in seconds, rates in
 * bits per second.
 */
final class SmallCorrections {
  private static final double GAIN = 5;
  private static final double FORESIGHT = 2;

  /**
   * The queue aimed at is shorter the slower the link is: the bursts that come on top of it are
   * counted in packets. Where they alone are longer than it, it is less than none: a download is
   * kept a little below its capacity even while there is no queue. An upload is not: its capacity
   * is inferred from what was sent, and would follow it down.
   */
  private static final double GOAL = 0.0078;

  private static final double PACKETS_OF_BURST = 8;
  private static final double SHORTEST_GOAL = -0.002;
  private static final double SHORTEST_UPLOAD_GOAL = 0;
  private static final double LONGEST_GOAL = 0.004;
  private static final double MOST_ABOVE = 0.005;

  /** For which the queue must be shorter than this, and the rate within this part. */
  private static final double SHORT_QUEUE = 0.01;

  private static final double NEAR = 0.1;

  private SmallCorrections() {}

  /** Whether they are all that the rate needs. */
  static boolean suit(KnownCapacity known, double rate, double queue) {
    return known.isKnown()
        && known.isSteady()
        && known.distance() == 0
        && queue < SHORT_QUEUE
        && Math.abs(Math.log(rate / known.rate())) < NEAR;
  }

  /**
   * The next rate.
   *
   * @param isUpload whether it is the upload's
   * @param delayToCome by how much the queue will have grown when the rate takes effect
   */
  static double rate(
      KnownCapacity known, boolean isUpload, double rate, double queue, double delayToCome) {
    double burst = PACKETS_OF_BURST * ReceiveRateDirection.PACKET_BITS / rate;
    double shortest = isUpload ? SHORTEST_UPLOAD_GOAL : SHORTEST_GOAL;
    double goal = Math.max(shortest, Math.min(LONGEST_GOAL, GOAL - burst));
    double error = goal - queue - FORESIGHT * delayToCome;
    return known.rate() * (1 + Math.min(MOST_ABOVE, GAIN * error));
  }
}
