package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.FlowMetrics;
import io.github.qosrl.core.Metric;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * One direction's flows as they pass the WAN interface, which sees downloads before our shaper and
 * uploads behind it: who carries data, what is lost and sent again, and of which part the headers
 * can be read. By what the senders send: what passes in a step is taken to have the same shares.
 */
final class SeenFlows {
  /** It takes so long to learn how fast a sender's clock ticks; before, it tells no delay. */
  private static final double CLOCK_SECONDS = 0.25;

  /** Coverage is that of about so many seconds. */
  private static final double MEMORY_SECONDS = 2;

  private final boolean upload;
  private final int flows;
  private final double keep;
  private final Application[] senders;

  /** 1 for a flow that writes timestamps, or whose acknowledgements can be read, else 0. */
  private final double[] stamped;

  private final double[] acked;

  /** 1 for a flow whose clock is known, else 0. */
  private final double[] telling;

  /** What each sender had sent when the window began. */
  private final double[] sentBefore;

  /** What each sender had sent again when the window began. */
  private final double[] resentBefore;

  /** Until when a flow has a hole. */
  private final double[] holeUntil;

  private double roundTrip;
  private double tellingShare;
  private double readableShare;
  private double spoken;
  private double passed;
  private int active;
  private int tellers;
  private double oldestTeller;

  SeenFlows(
      Direction direction,
      Application[] senders,
      PassiveSignals signals,
      double interval,
      SplittableRandom random) {
    upload = direction == Direction.UPLOAD;
    keep = Math.exp(-interval / MEMORY_SECONDS);
    this.senders = senders;
    flows = senders.length;
    stamped = new double[flows];
    acked = new double[flows];
    telling = new double[flows];
    sentBefore = new double[flows];
    resentBefore = new double[flows];
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
    readableShare = flows == 0 ? 0 : DoubleStream.of(acked).sum() / flows;
  }

  /** The metrics of a direction, in the order of {@link #write}. */
  static List<Metric> metrics(Direction direction) {
    return List.of(
        FlowMetrics.FLOWS.in(direction),
        FlowMetrics.FLOW_HOLES.in(direction),
        FlowMetrics.FLOW_RETRANSMITS.in(direction),
        FlowMetrics.FLOW_SAMPLING.in(direction),
        (direction == Direction.DOWNLOAD
                ? FlowMetrics.FLOW_TIMESTAMP_COVERAGE
                : FlowMetrics.FLOW_ACK_COVERAGE)
            .in(direction));
  }

  /** Sets how many seconds a round trip takes from now on. */
  void roundTrip(double seconds) {
    roundTrip = seconds;
  }

  /** The receiver of a flow notices a gap, and reports it at once: of a download, we see that. */
  void miss(int flow, double time) {
    if (!upload) {
      holeUntil[flow] = time + roundTrip;
    }
  }

  /** Part of the data whose senders' clocks are known, in the newest window that had data. */
  double tellingShare() {
    return tellingShare;
  }

  /** Part of the data whose acknowledgements can be read, in the newest window that had data. */
  double readableShare() {
    return readableShare;
  }

  /** Flows whose acknowledgements can be read that carried data in the window that has ended. */
  int active() {
    return active;
  }

  /** Those of them whose senders' clocks are known. */
  int tellers() {
    return tellers;
  }

  /** Seconds at which the first of the tellers connected; infinite without one. */
  double oldestTeller() {
    return oldestTeller;
  }

  /**
   * Writes the window, and ends it. A hole of an upload is seen once acknowledgements tell of it,
   * and the sender sends again. Without any byte there is no coverage to tell.
   *
   * @param out receives the figures, from a place on
   * @param data bytes of data that passed the interface
   * @param acks bytes of the other direction's acknowledgements that passed it
   * @param tellingAcks part of them which tell a delay
   */
  void write(double[] out, int at, double now, double data, double acks, double tellingAcks) {
    double all = 0;
    double told = 0;
    double readable = 0;
    double resent = 0;
    int holes = 0;
    active = 0;
    tellers = 0;
    oldestTeller = Double.POSITIVE_INFINITY;
    for (int f = 0; f < flows; f++) {
      Application sender = senders[f];
      double bytes = sender.sent() - sentBefore[f];
      sentBefore[f] = sender.sent();
      all += bytes;
      readable += bytes * acked[f];
      told += bytes * telling[f];
      active += bytes * acked[f] > 0 ? 1 : 0;
      tell(f, now, bytes > 0);
      double again = sender.resent() - resentBefore[f];
      if (again > 0) {
        resentBefore[f] += again;
        resent += again * acked[f];
        holeUntil[f] = upload ? now + roundTrip : holeUntil[f];
      }
      holes += holeUntil[f] * acked[f] > now ? 1 : 0;
    }
    if (all > 0) {
      tellingShare = told / all;
      readableShare = readable / all;
    }
    spoken =
        spoken * keep + (upload ? data * readableShare : data * tellingShare + acks * tellingAcks);
    passed = passed * keep + data + acks;
    out[at] = active;
    out[at + 1] = holes;
    out[at + 2] = Math.rint(resent * TcpFlow.PER_PACKET);
    out[at + 3] = 1;
    out[at + 4] = passed > 0 ? Amount.least(1, spoken / passed) : Double.NaN;
  }

  private void tell(int f, double now, boolean busy) {
    double since = senders[f].connectedAt();
    telling[f] = now - since > CLOCK_SECONDS ? stamped[f] : 0;
    if (busy && telling[f] > 0) {
      tellers++;
      oldestTeller = Amount.least(oldestTeller, since);
    }
  }
}
