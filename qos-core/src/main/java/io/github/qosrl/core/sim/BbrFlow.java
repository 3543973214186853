package io.github.qosrl.core.sim;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The first BBR, in outline (Cardwell et al., ACM Queue 14(5), 2016): the window is two
 * bandwidth-delay products of the largest recent delivery rate and the smallest recent round trip;
 * the rate cycles through gains of 1.25, 0.75 and six times 1; a loss holds what is in flight for a
 * round.
 */
final class BbrFlow implements Sender {
  private static final double STARTUP_GAIN = 2.885;
  private static final double[] CYCLE = {1.25, 0.75, 1, 1, 1, 1, 1, 1};
  private static final int BANDWIDTH_ROUNDS = 10;
  private static final double MIN_RTT_SECONDS = 10;
  private static final double PROBE_RTT_SECONDS = 0.2;
  private static final double RECOVERY_ROUND_TRIPS = 3;
  private static final double INITIAL_WINDOW = 10 * TcpFlow.PACKET;

  /** Room for what segmentation offload holds, {@code bbr_quantization_budget}. */
  private static final double OFFLOAD = 6 * TcpFlow.PACKET;

  private static final double MIN_WINDOW = 4 * TcpFlow.PACKET;
  private static final int HISTORY = 2048;

  private final double stepSeconds;
  private final double[] roundBest = new double[BANDWIDTH_ROUNDS];
  private final double[] sentBy = new double[HISTORY];

  /** Bytes delivered by the time of each step: a rate is what came since a packet was sent. */
  private final double[] deliveredBy = new double[HISTORY];

  private final SplittableRandom random;
  private double sent;
  private double settled;
  private double inFlight;
  private int oldestUnsettled;
  private int now;
  private double minRtt;
  private double minRttAt;
  private double probeRttUntil;
  private double bandwidth;
  private double roundStart;
  private double roundRate;
  private double window;
  private double conservingUntil;
  private double recoveringUntil;
  private double delivered;
  private int round;
  private double fullBandwidth;
  private int flatRounds;
  private boolean filled;
  private boolean draining;
  private double cycleStart;
  private int phase;

  BbrFlow(double stepSeconds, SplittableRandom random) {
    this.random = random;
    this.stepSeconds = stepSeconds;
    connect();
  }

  @Override
  public void connect() {
    Arrays.fill(roundBest, 0);
    Arrays.fill(sentBy, 0);
    sent = 0;
    settled = 0;
    inFlight = 0;
    oldestUnsettled = now;
    minRtt = Double.MAX_VALUE;
    minRttAt = 0;
    probeRttUntil = 0;
    bandwidth = 0;
    roundStart = 0;
    roundRate = 0;
    window = INITIAL_WINDOW;
    conservingUntil = 0;
    recoveringUntil = 0;
    delivered = 0;
    Arrays.fill(deliveredBy, 0);
    fullBandwidth = 0;
    flatRounds = 0;
    filled = false;
    draining = false;
    phase = 2;
  }

  @Override
  public double receive(double acked, double lost, double time) {
    double gone = Amount.least(lost, inFlight);
    double arrived = Amount.least(acked, inFlight - gone);
    inFlight -= arrived + gone;
    settled += arrived + gone;
    delivered += arrived;
    while (oldestUnsettled < now && sentBy[oldestUnsettled & HISTORY - 1] < settled) {
      oldestUnsettled++;
    }
    double rtt = Math.max(1, now - oldestUnsettled + 1) * stepSeconds;
    if (arrived > 0) {
      double since = deliveredBy[oldestUnsettled & HISTORY - 1];
      roundRate = Amount.most(roundRate, (delivered - since) / rtt);
    }
    if (rtt <= minRtt || time - minRttAt > MIN_RTT_SECONDS) {
      if (rtt > minRtt) {
        probeRttUntil = time + PROBE_RTT_SECONDS + rtt;
      }
      minRtt = rtt;
      minRttAt = time;
    } else if (time < probeRttUntil) {
      minRtt = Amount.least(minRtt, rtt);
    }
    if (time - roundStart >= rtt) {
      endRound(time);
    }
    adjustWindow(arrived, gone, time, rtt);
    return gone;
  }

  /**
   * {@code bbr_set_cwnd} of tcp_bbr.c: for the first round of a recovery what is in flight is
   * conserved; else the window grows by what arrives, up to its target. Losses within three round
   * trips belong to one recovery: where many are lost, it goes on and on, and hardly conserves.
   */
  private void adjustWindow(double arrived, double gone, double time, double rtt) {
    window = Amount.most(TcpFlow.PACKET, window - gone);
    if (gone > 0) {
      if (time >= recoveringUntil) {
        conservingUntil = time + rtt;
        window = inFlight + arrived;
      }
      recoveringUntil = time + RECOVERY_ROUND_TRIPS * rtt;
    }
    if (time < conservingUntil) {
      window = Amount.most(window, inFlight + arrived);
    } else {
      double target = target();
      window =
          filled
              ? Amount.least(window + arrived, target)
              : Amount.most(window, Amount.least(window + arrived, target));
    }
    window = Amount.most(MIN_WINDOW, window);
  }

  private double target() {
    double gain = filled ? 2 : STARTUP_GAIN;
    return bandwidth > 0 ? gain * bandwidth * minRtt + OFFLOAD : Double.MAX_VALUE;
  }

  private void endRound(double time) {
    roundBest[round++ % BANDWIDTH_ROUNDS] = roundRate;
    roundStart = time;
    roundRate = 0;
    bandwidth = 0;
    for (double best : roundBest) {
      bandwidth = Amount.most(bandwidth, best);
    }
    if (!filled) {
      if (bandwidth > 1.25 * fullBandwidth) {
        fullBandwidth = bandwidth;
        flatRounds = 0;
      } else if (++flatRounds >= 3) {
        filled = true;
        draining = true;
        cycleStart = time;
        phase = random.nextInt(CYCLE.length - 1);
        phase = phase == 0 ? 0 : phase + 1;
      }
    }
  }

  @Override
  public double send(int step, double available, double time) {
    double paced = INITIAL_WINDOW;
    double allowed = time < probeRttUntil ? MIN_WINDOW : window;
    if (bandwidth > 0) {
      paced = gain(time) * bandwidth * stepSeconds;
    }
    double bytes = Amount.most(0, Amount.least(available, Amount.least(paced, allowed - inFlight)));
    inFlight += bytes;
    sent += bytes;
    now = step;
    sentBy[step & HISTORY - 1] = sent;
    deliveredBy[step & HISTORY - 1] = delivered;
    oldestUnsettled = Math.max(oldestUnsettled, step - HISTORY + 1);
    return bytes;
  }

  private double gain(double time) {
    if (!filled) {
      return STARTUP_GAIN;
    }
    if (draining) {
      draining = inFlight > bandwidth * minRtt;
      cycleStart = time;
      return 1 / STARTUP_GAIN;
    }
    if (time - cycleStart > minRtt) {
      cycleStart = time;
      phase = (phase + 1) % CYCLE.length;
    }
    return CYCLE[phase];
  }
}
