package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One direction's flows as they pass the WAN interface, which sees downloads before our shaper and
 * uploads behind it: who carries data, what is lost and sent again, and of which part the headers
 * can be read.
 */
final class SeenFlows {
  private final boolean download;
  private final int flows;
  private final Metric count;
  private final Metric holes;
  private final Metric retransmits;
  private final Metric timestampCoverage;
  private final Metric ackCoverage;

  /** 1 for a flow that writes timestamps, or whose acknowledgements can be read, else 0. */
  private final double[] stamped;

  private final double[] acked;

  /** Bytes of the window by flow; the last are acknowledgements of the other direction's data. */
  private final double[] bytes;

  /** Until when a flow has a hole. */
  private final double[] holeUntil;

  private double roundTrip;
  private double resent;
  private double stampedInStep;
  private double acksInStep;
  private double leftInStep;

  /** Part of the window's data, acknowledgements not counted, with timestamps; NaN without data. */
  private double stampedShare = Double.NaN;

  SeenFlows(
      Direction direction, Application[] senders, PassiveSignals signals, SplittableRandom random) {
    download = direction == Direction.DOWNLOAD;
    flows = senders.length;
    count = FlowMetrics.FLOWS.in(direction);
    holes = FlowMetrics.FLOW_HOLES.in(direction);
    retransmits = FlowMetrics.FLOW_RETRANSMITS.in(direction);
    timestampCoverage = FlowMetrics.FLOW_TIMESTAMP_COVERAGE.in(direction);
    ackCoverage = FlowMetrics.FLOW_ACK_COVERAGE.in(direction);
    stamped = new double[flows];
    acked = new double[flows];
    bytes = new double[flows + 1];
    holeUntil = new double[flows];
    // Evenly over the flows rather than a draw for each: a few should have the share, too.
    double tcp = random.nextDouble();
    double withStamps = random.nextDouble();
    for (int f = 0; f < flows; f++) {
      tcp += senders[f].datagrams() ? 0 : 1 - signals.quic();
      if (tcp >= 1) {
        tcp--;
        acked[f] = 1;
        withStamps += signals.timestamps();
      }
      if (withStamps >= 1) {
        withStamps--;
        stamped[f] = 1;
      }
    }
  }

  /** Starts a window, in which a round trip takes so many seconds. */
  void begin(double newRoundTrip) {
    roundTrip = newRoundTrip;
    resent = 0;
    Arrays.fill(bytes, 0);
  }

  /** What senders learn: what was lost is sent again; on an upload, its gap is seen from now on. */
  void hear(Portion[] news, double time) {
    for (int f = 0; f < flows; f++) {
      if (news[f].gaps > 0) {
        resent += news[f].gaps * acked[f];
        if (!download) {
          open(f, time);
        }
      }
    }
  }

  /** A gap lasts until what fills it has made its round trip. */
  private void open(int f, double time) {
    holeUntil[f] = acked[f] > 0 ? time + roundTrip : 0;
  }

  /** What passes the interface in a step. Of a download, gaps of the bottleneck pass, too. */
  void pass(Portion[] portions, double time) {
    double sum = 0;
    for (int f = 0; f < flows; f++) {
      double b = portions[f].bytes;
      bytes[f] += b;
      sum += b * stamped[f];
      if (download && portions[f].gaps > 0) {
        open(f, time);
      }
    }
    stampedInStep = sum;
    acksInStep = portions[flows].bytes;
    bytes[flows] += acksInStep;
  }

  /** What leaves the upload's bottleneck in a step. */
  void leave(Portion[] portions) {
    double sum = 0;
    for (int f = 0; f < flows; f++) {
      sum += portions[f].bytes * acked[f];
    }
    leftInStep = sum;
  }

  /** Bytes with readable acknowledgements that left the upload's bottleneck in the last step. */
  double leftInStep() {
    return leftInStep;
  }

  /** Data bytes with timestamps that passed in the last step. */
  double stampedInStep() {
    return stampedInStep;
  }

  /** Bytes of acknowledgements that passed in the last step. */
  double acksInStep() {
    return acksInStep;
  }

  /** Part of the data with timestamps in the newest window that had data; 0 if there was none. */
  double stampedShare() {
    return Double.isNaN(stampedShare) ? 0 : stampedShare;
  }

  /** Flows of the window whose acknowledgements can be read. */
  int active() {
    int n = 0;
    for (int f = 0; f < flows; f++) {
      n += bytes[f] * acked[f] > 0 ? 1 : 0;
    }
    return n;
  }

  /**
   * Writes the window.
   *
   * @param stampedAcks part of the acknowledgements that pass here which have timestamps
   */
  void writeTo(Measurement.Builder out, double now, double stampedAcks) {
    double data = 0;
    double withStamps = 0;
    double withAcks = 0;
    int open = 0;
    for (int f = 0; f < flows; f++) {
      data += bytes[f];
      withStamps += bytes[f] * stamped[f];
      withAcks += bytes[f] * acked[f];
      open += holeUntil[f] > now ? 1 : 0;
    }
    if (data > 0) {
      stampedShare = withStamps / data;
    }
    out.put(count, active()).put(holes, open).put(retransmits, Math.rint(resent / TcpFlow.PACKET));
    double all = data + bytes[flows];
    if (all > 0) {
      double stampedBytes = withStamps + bytes[flows] * stampedAcks;
      out.put(timestampCoverage, Amount.least(1, stampedBytes / all))
          .put(ackCoverage, Amount.least(1, withAcks / all));
    }
  }
}
