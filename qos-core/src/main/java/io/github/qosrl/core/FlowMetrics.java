package io.github.qosrl.core;

import static io.github.qosrl.core.Metric.Unit.BITS_PER_SECOND;
import static io.github.qosrl.core.Metric.Unit.BYTES;
import static io.github.qosrl.core.Metric.Unit.COUNT;
import static io.github.qosrl.core.Metric.Unit.PACKETS;
import static io.github.qosrl.core.Metric.Unit.RATIO;
import static io.github.qosrl.core.Metric.Unit.SECONDS;

/**
 * The metrics that tell the two directions of a link apart: what the headers of the users' own TCP
 * packets say where they pass the WAN interface, and what echoes say whose far end keeps time.
 *
 * <p>All are scoped to a {@link Direction}. The interface sees downloads before our shaper holds
 * them and uploads after it has let them go, so our own queue is in none of the figures of {@code
 * flow} metrics. All of them may be absent at any time: hosts that ask for no TCP timestamps, QUIC
 * and idle links leave nothing to see.
 */
public final class FlowMetrics {
  private FlowMetrics() {}

  /**
   * One-way delay in excess of its own recent minimum, by the senders' TCP timestamps (RFC 7323):
   * that of the packets at the end of the window. Of an upload, it is what {@link
   * #FLOW_ACK_INFLATION} has beyond the same packets' delay in the download.
   */
  public static final Metric FLOW_ONE_WAY_INFLATION = Metric.of("flow.oneway.inflation", SECONDS);

  /** Packets of the window that told a one-way delay. */
  public static final Metric FLOW_ONE_WAY_SAMPLES = Metric.of("flow.oneway.samples", PACKETS);

  /** Smallest time of the window from data to the acknowledgement that covers it. */
  public static final Metric FLOW_ACK_DELAY = Metric.of("flow.ack.delay", SECONDS);

  /** {@link #FLOW_ACK_DELAY} in excess of its own recent minimum. */
  public static final Metric FLOW_ACK_INFLATION = Metric.of("flow.ack.inflation", SECONDS);

  /** Packets of the window that told an {@link #FLOW_ACK_DELAY}. */
  public static final Metric FLOW_ACK_SAMPLES = Metric.of("flow.ack.samples", PACKETS);

  /**
   * Rate at which data was acknowledged in the window, packet headers included: what left the
   * upload's bottleneck. Only for the upload; of a download, {@link Metrics#THROUGHPUT} tells.
   */
  public static final Metric FLOW_DELIVERY_RATE = Metric.of("flow.delivery.rate", BITS_PER_SECOND);

  /** Payload bytes that were acknowledged in the window. */
  public static final Metric FLOW_DELIVERED = Metric.of("flow.delivered", BYTES);

  /** Data packets of the window that were sent again. */
  public static final Metric FLOW_RETRANSMITS = Metric.of("flow.retransmits", PACKETS);

  /** Flows whose data has a hole at the end of the window: something is lost and not yet mended. */
  public static final Metric FLOW_HOLES = Metric.of("flow.holes", COUNT);

  /** Flows that carried data in the window. */
  public static final Metric FLOWS = Metric.of("flow.count", COUNT);

  /** Part of the direction's bytes whose senders write timestamps. */
  public static final Metric FLOW_TIMESTAMP_COVERAGE = Metric.of("flow.coverage.timestamps", RATIO);

  /** Part of the direction's bytes that are acknowledged where it can be seen. */
  public static final Metric FLOW_ACK_COVERAGE = Metric.of("flow.coverage.acks", RATIO);

  /** Part of the packets that is looked at: less than 1 where there are many. */
  public static final Metric FLOW_SAMPLING = Metric.of("flow.sampling", RATIO);

  /**
   * One-way delay in excess of its own recent minimum, by echoes whose far end keeps time: ICMP
   * timestamps, or a server of one's own.
   */
  public static final Metric ECHO_ONE_WAY_INFLATION = Metric.of("echo.oneway.inflation", SECONDS);

  /** Echoes of the window that told a one-way delay. */
  public static final Metric ECHO_ONE_WAY_SAMPLES = Metric.of("echo.oneway.samples", PACKETS);
}
