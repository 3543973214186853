package io.github.qosrl.examples.report;

import io.github.qosrl.core.Direction;

/**
 * One moment of a run. What is not known is NaN. Rates in bit/s, times in seconds.
 *
 * @param seconds since the measured part began; negative while warming up
 * @param download the download
 * @param upload the upload
 * @param inflation mean round-trip time in excess of the idle path's
 */
public record Moment(double seconds, Flow download, Flow upload, double inflation) {

  /**
   * One direction.
   *
   * @param capacity what the bottleneck could carry
   * @param limit what the shaper allowed; NaN if it is not limited
   * @param throughput what passed the bottleneck
   */
  public record Flow(double capacity, double limit, double throughput) {}

  /** One of the two directions. */
  public Flow flow(Direction direction) {
    return direction == Direction.DOWNLOAD ? download : upload;
  }
}
