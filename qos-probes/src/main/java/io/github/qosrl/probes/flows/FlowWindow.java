package io.github.qosrl.probes.flows;

import static io.github.qosrl.core.Direction.DOWNLOAD;
import static io.github.qosrl.core.Direction.UPLOAD;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import java.util.OptionalDouble;

/** What all flows together did in one window. Not thread-safe. */
final class FlowWindow {
  /** Coverage is that of about the last 2 s: what is counted at the same time never quite is. */
  private static final double MEMORY = 2;

  /** Over less time, in nanoseconds, what clocks that tick in milliseconds say is no rate. */
  private static final double SHORTEST_SPAN = 20e6;

  /** A pause that is longer, in nanoseconds, was no delivery: nothing was sent. */
  private static final double LONGEST_SPAN = 1e9;

  final Consensus oneWay = new Consensus();
  final Consensus oneWayUp = new Consensus();
  final Consensus roundTrip = new Consensus();
  private final Side down = new Side(DOWNLOAD, FlowMetrics.FLOW_TIMESTAMP_COVERAGE);
  private final Side up = new Side(UPLOAD, FlowMetrics.FLOW_ACK_COVERAGE);
  private static final Metric ACK_DELAY = FlowMetrics.FLOW_ACK_DELAY.in(UPLOAD);
  private static final Metric ACK_INFLATION = FlowMetrics.FLOW_ACK_INFLATION.in(UPLOAD);
  private static final Metric ACK_SAMPLES = FlowMetrics.FLOW_ACK_SAMPLES.in(UPLOAD);
  private static final Metric DELIVERED = FlowMetrics.FLOW_DELIVERED.in(UPLOAD);
  private static final Metric DELIVERY_RATE = FlowMetrics.FLOW_DELIVERY_RATE.in(UPLOAD);
  private double smallestRoundTrip = Double.POSITIVE_INFINITY;
  private long payload;
  private double wireSince;
  private double deliveredFrom = Double.NaN;
  private double deliveredTo = Double.NaN;

  /** One direction. */
  private static final class Side {
    final Metric inflation;
    final Metric samples;
    final Metric retransmits;
    final Metric holes;
    final Metric flows;
    final Metric sampling;
    final Metric coverage;
    int flowCount;
    int holeCount;
    long again;
    double part = 1;
    double spoken;
    double passed;

    Side(Direction direction, Metric coverage) {
      inflation = FlowMetrics.FLOW_ONE_WAY_INFLATION.in(direction);
      samples = FlowMetrics.FLOW_ONE_WAY_SAMPLES.in(direction);
      retransmits = FlowMetrics.FLOW_RETRANSMITS.in(direction);
      holes = FlowMetrics.FLOW_HOLES.in(direction);
      flows = FlowMetrics.FLOWS.in(direction);
      sampling = FlowMetrics.FLOW_SAMPLING.in(direction);
      this.coverage = coverage.in(direction);
    }

    void take(Measurement.Builder m, Consensus oneWay, double seconds) {
      m.put(samples, oneWay.samples());
      m.put(inflation, oneWay.take());
      m.put(retransmits, again);
      m.put(holes, holeCount);
      m.put(flows, flowCount);
      m.put(sampling, part);
      if (passed > 0) {
        m.put(coverage, Math.min(1, spoken / passed));
      }
      double keep = Math.exp(-seconds / MEMORY);
      spoken *= keep;
      passed *= keep;
      again = 0;
      flowCount = 0;
    }
  }

  private Side side(Direction direction) {
    return direction == DOWNLOAD ? down : up;
  }

  /** Part of the packets that are seen, above 0. */
  void sampling(Direction direction, double part) {
    side(direction).part = part;
  }

  void retransmit(Direction direction, int packets) {
    side(direction).again += packets;
  }

  /** A flow has a hole, or has none any more. */
  void holes(Direction direction, boolean before, boolean after) {
    if (before != after) {
      side(direction).holeCount += after ? 1 : -1;
    }
  }

  /** Bytes on the wire that a signal speaks for. */
  void spoken(Direction direction, long bytes) {
    side(direction).spoken += bytes;
  }

  /** Bytes that passed in all. */
  void passed(Direction direction, double bytes) {
    side(direction).passed += bytes;
  }

  /**
   * Data was acknowledged. The rate at which that happens is counted in the time at which the
   * acknowledgements were sent: where they wait on their way back, they come in bunches.
   *
   * @param bytes of payload
   * @param onTheWire what they were with headers
   * @param sentAt about when the acknowledgement was sent, but for a constant; nanoseconds
   */
  void delivered(int bytes, double onTheWire, double sentAt) {
    payload += bytes;
    wireSince += onTheWire;
    if (Double.isNaN(deliveredFrom)) {
      deliveredFrom = sentAt;
      wireSince = 0;
    }
    deliveredTo = Double.isNaN(deliveredTo) ? sentAt : Math.max(deliveredTo, sentAt);
  }

  /** Data took that long to be acknowledged, in nanoseconds. */
  void roundTrip(double delay) {
    smallestRoundTrip = Math.min(smallestRoundTrip, delay);
  }

  /** Forgets how long packets wait. */
  void forget() {
    oneWay.forget();
    oneWayUp.forget();
    roundTrip.forget();
  }

  /** Takes a flow into account that did something. */
  void hear(Flow flow) {
    down.flowCount += flow.downloaded ? 1 : 0;
    up.flowCount += flow.uploaded ? 1 : 0;
    if (flow.stamped > 0) {
      oneWay.hear(flow.oneWay, flow.stamped, flow.clock.since(), flow.clock.tick());
    }
    if (flow.timed > 0) {
      Upload upload = flow.upload();
      roundTrip.hear(upload.recentRoundTrips, flow.timed, upload.since(), 0);
    }
    if (flow.timedOneWay > 0) {
      Upload upload = flow.upload();
      oneWayUp.hear(upload.recentOneWays, flow.timedOneWay, upload.since(), flow.clock.tick());
    }
  }

  /** Gives the window's metrics, and begins the next. */
  void take(Measurement.Builder m, double seconds) {
    m.put(ACK_SAMPLES, roundTrip.samples());
    OptionalDouble inflation = roundTrip.take();
    m.put(ACK_INFLATION, inflation);
    if (smallestRoundTrip < Double.POSITIVE_INFINITY) {
      m.put(ACK_DELAY, smallestRoundTrip * 1e-9);
    }
    m.put(DELIVERED, payload);
    takeDeliveryRate(m);
    down.take(m, oneWay, seconds);
    up.take(m, oneWayUp, seconds);
    smallestRoundTrip = Double.POSITIVE_INFINITY;
    payload = 0;
  }

  private void takeDeliveryRate(Measurement.Builder m) {
    double span = deliveredTo - deliveredFrom;
    if (span > LONGEST_SPAN) {
      deliveredFrom = deliveredTo;
      wireSince = 0;
    } else if (span >= SHORTEST_SPAN) {
      m.put(DELIVERY_RATE, wireSince * 8e9 / span);
      deliveredFrom = deliveredTo;
      wireSince = 0;
    }
  }
}
