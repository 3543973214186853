package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.probes.packet.IpHeader;
import io.github.qosrl.probes.packet.PcapCursor;
import io.github.qosrl.probes.packet.TcpHeader;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Turns TCP packets, seen where they pass the WAN interface, into the metrics of {@link
 * FlowMetrics}: pure arithmetic in the packets' own time.
 *
 * <p>Knows at most {@value FlowTable#MOST} flows, forgets those that are idle for a minute, and
 * allocates nothing for a packet. Not thread-safe.
 */
public final class FlowMeter {
  private static final long IDLE = 60_000_000_000L;

  private final IpHeader ip = new IpHeader();
  private final TcpHeader tcp = new TcpHeader();
  private final FlowTable table = new FlowTable(this::onForgotten);
  private final FlowWindow window = new FlowWindow();
  private final Flow[] touched = new Flow[FlowTable.MOST];
  private int touchedCount;
  private long now;

  private int sentOneIn = 1;
  private int receivedOneIn = 1;
  private int acksOneIn = 1;

  /**
   * Takes note of how packets are sampled from now on.
   *
   * @param oneIn of how many packets with data one is seen; 1 if all are
   * @param oneAckIn the same of acknowledgements
   */
  public void sampled(Direction direction, int oneIn, int oneAckIn) {
    if (direction == Direction.UPLOAD) {
      sentOneIn = oneIn;
    } else {
      receivedOneIn = oneIn;
      acksOneIn = oneAckIn;
    }
    window.sampling(direction, 1.0 / oneIn);
  }

  /**
   * Looks at a packet; at one that is not TCP, in vain.
   *
   * @param record where the packet is; packets come in the order of their time, more or less
   */
  public void add(PcapCursor record, Direction direction) {
    int length = record.length();
    boolean isTcp =
        ip.parse(record.linkType(), record.data(), record.at(), record.captured(), length)
            && tcp.parse(ip);
    if (!isTcp) {
      return;
    }
    boolean sent = direction == Direction.UPLOAD;
    long time = record.time();
    if (time > now) {
      now = time;
    }
    Flow flow = table.of(ip, sent, time);
    if (!flow.touched && touchedCount < touched.length) {
      flow.touched = true;
      touched[touchedCount++] = flow;
    }
    if (sent) {
      onSent(flow, time, length);
    } else {
      onReceived(flow, time, length);
    }
  }

  private void onSent(Flow flow, long time, int length) {
    if (tcp.has(TcpHeader.SYN)) {
      flow.upload().syn(tcp.sequence(), time);
      return;
    }
    if (tcp.sackBytes() > 0) {
      boolean before = flow.download.hasHole();
      flow.download.missing(time);
      window.holes(Direction.DOWNLOAD, before, true);
    }
    int payload = tcp.payload();
    if (payload > 0) {
      Upload upload = flow.upload();
      boolean before = upload.hasHole();
      if (upload.data(tcp.sequence(), payload, length - payload, time)) {
        window.retransmit(Direction.UPLOAD, sentOneIn);
      }
      window.holes(Direction.UPLOAD, before, upload.hasHole());
      flow.uploaded = true;
      if (upload.isAcknowledged()) {
        window.spoken(Direction.UPLOAD, (long) length * sentOneIn);
      }
    }
  }

  private void onReceived(Flow flow, long time, int length) {
    int weight = tcp.payload() > 0 ? receivedOneIn : acksOneIn;
    double waited = tcp.hasTimestamps() ? readClock(flow, time) : Double.NaN;
    if (!Double.isNaN(waited)) {
      window.spoken(Direction.DOWNLOAD, (long) length * weight);
    }
    if (tcp.payload() > 0) {
      Download download = flow.download;
      boolean before = download.hasHole();
      boolean again =
          download.data(
              tcp.sequence(),
              tcp.payload(),
              tcp.hasTimestamps(),
              tcp.timestamp(),
              time,
              (weight - 1) * 1_000_000L);
      window.holes(Direction.DOWNLOAD, before, download.hasHole());
      if (again) {
        window.retransmit(Direction.DOWNLOAD, weight);
      }
      flow.downloaded = true;
    }
    if (tcp.has(TcpHeader.ACK) && flow.sends()) {
      onAcknowledgement(flow, time, waited);
    }
  }

  /** How long the packet waited by its timestamp; NaN if that cannot be told. */
  private double readClock(Flow flow, long time) {
    SenderClock clock = flow.clock;
    if (!clock.read(time, tcp.timestamp())) {
      return Double.NaN;
    }
    if (clock.isFresh()) {
      double lent = window.oneWay.lent(time);
      if (lent > 0) {
        clock.lend(lent);
      }
    }
    clock.settle();
    if (!clock.known()) {
      return Double.NaN;
    }
    flow.oneWay.add(time, clock.excess(), (long) clock.tick() / 2);
    flow.stamped++;
    window.oneWay.add(time, clock.excess(), time - clock.since() < Consensus.YOUNG);
    return clock.excess();
  }

  private void onAcknowledgement(Flow flow, long time, double waited) {
    Upload upload = flow.upload();
    boolean before = upload.hasHole();
    int ack = tcp.acknowledgement();
    int progress = upload.acknowledge(ack, tcp.sackBytes(), tcp.sackEdge(), time);
    window.holes(Direction.UPLOAD, before, upload.hasHole());
    if (progress > 0) {
      double sentAt = Double.isNaN(waited) ? time : time - waited;
      window.delivered(progress, progress * upload.wirePerPayload(), sentAt);
      flow.uploaded = true;
    }
    boolean pure = tcp.payload() == 0;
    boolean sampled = acksOneIn > 1;
    double delay = upload.roundTrip(ack, time, pure, sampled);
    if (delay < 0) {
      return;
    }
    boolean young = time - upload.since() < Consensus.YOUNG;
    if (upload.isFresh()) {
      upload.lend(time, window.roundTrip.lent(time));
    }
    double excess = upload.settle(time);
    if (!Double.isNaN(excess)) {
      window.roundTrip(delay);
      flow.timed++;
      upload.recentRoundTrips.add(time, excess, 0);
      window.roundTrip.add(time, excess, young);
    }
    if (!Double.isNaN(waited)) {
      if (upload.isFreshOneWay()) {
        upload.lendOneWay(time, waited, window.oneWayUp.lent(time));
      }
      double up = upload.settleOneWay(time, waited);
      if (!Double.isNaN(up)) {
        flow.timedOneWay++;
        upload.recentOneWays.add(time, up, (long) flow.clock.tick() / 2);
        window.oneWayUp.add(time, up, young);
      }
    }
  }

  private void onForgotten(Flow flow) {
    window.holes(Direction.DOWNLOAD, flow.download.hasHole(), false);
    window.holes(Direction.UPLOAD, flow.sends() && flow.upload().hasHole(), false);
  }

  /**
   * Ends a window, and begins the next.
   *
   * @param m gets the window's metrics
   * @param seconds how long it was; above 0
   */
  public void take(Measurement.Builder m, double seconds) {
    for (int i = 0; i < touchedCount; i++) {
      Flow flow = touched[i];
      if (flow.touched) {
        window.hear(flow);
        flow.beginWindow();
      }
    }
    touchedCount = 0;
    window.take(m, seconds);
    table.forgetIdleSince(now - IDLE);
  }

  /**
   * Takes note of what passed the interface in all since the last call, by its own counters.
   *
   * @param bytes of the direction, TCP or not
   */
  public void passed(Direction direction, double bytes) {
    window.passed(direction, bytes);
  }

  /** Forgets all flows: what is known of their delays holds no more. */
  public void forget() {
    table.forgetIdleSince(Long.MAX_VALUE);
    window.forget();
    now = 0;
  }

  /** How many flows are known at present. */
  public int flows() {
    return table.size();
  }

  /** All metrics that {@link #take} may give. */
  public static Set<Metric> metrics() {
    Set<Metric> all = new LinkedHashSet<>();
    for (Direction direction : Direction.values()) {
      all.add(FlowMetrics.FLOW_ONE_WAY_INFLATION.in(direction));
      all.add(FlowMetrics.FLOW_ONE_WAY_SAMPLES.in(direction));
      all.add(FlowMetrics.FLOW_RETRANSMITS.in(direction));
      all.add(FlowMetrics.FLOW_HOLES.in(direction));
      all.add(FlowMetrics.FLOWS.in(direction));
      all.add(FlowMetrics.FLOW_SAMPLING.in(direction));
    }
    all.add(FlowMetrics.FLOW_TIMESTAMP_COVERAGE.in(Direction.DOWNLOAD));
    all.add(FlowMetrics.FLOW_ACK_DELAY.in(Direction.UPLOAD));
    all.add(FlowMetrics.FLOW_ACK_INFLATION.in(Direction.UPLOAD));
    all.add(FlowMetrics.FLOW_ACK_SAMPLES.in(Direction.UPLOAD));
    all.add(FlowMetrics.FLOW_DELIVERED.in(Direction.UPLOAD));
    all.add(FlowMetrics.FLOW_DELIVERY_RATE.in(Direction.UPLOAD));
    all.add(FlowMetrics.FLOW_ACK_COVERAGE.in(Direction.UPLOAD));
    return all;
  }
}
