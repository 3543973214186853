package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import java.time.Instant;

/**
 * What really went on in the simulated link during the last tick. For evaluation only: no agent can
 * know it on a live link.
 *
 * @param time the end of the tick
 * @param download the download
 * @param upload the upload
 */
public record LinkTruth(Instant time, Side download, Side upload) {

  /**
   * The truth about one direction.
   *
   * @param capacity mean capacity of the bottleneck over the tick, in bit/s
   * @param delivered rate at which bytes reached their destination, in bit/s
   * @param queueingDelay seconds that a byte would wait in the bottleneck if it came now and the
   *     tick's mean capacity stayed; infinite if bytes wait and that was 0
   * @param backlog bytes that wait in the bottleneck
   * @param shaperDelay seconds' worth of bytes that wait in our shaper, at its limit; 0 if there is
   *     no limit
   */
  public record Side(
      double capacity, double delivered, double queueingDelay, double backlog, double shaperDelay) {

    /** The part of the capacity that was used, 0 to 1; 1 if there was none. */
    public double utilisation() {
      return capacity <= 0 ? 1 : Math.min(1, delivered / capacity);
    }
  }

  /** The truth about a direction. */
  public Side of(Direction direction) {
    return direction == Direction.DOWNLOAD ? download : upload;
  }
}
