package io.github.qosrl.core.sim;

import java.util.Arrays;

/**
 * The first BBR, in outline (Cardwell et al., ACM Queue 14(5), 2016): the window is two
 * bandwidth-delay products of the largest recent delivery rate and the smallest recent round trip;
 * the rate cycles through gains of 1.25, 0.75 and six times 1; loss is ignored.
 */
final class BbrFlow implements Sender {
  private static final double STARTUP_GAIN = 2.885;
  private static final double[] CYCLE = {1.25, 0.75, 1, 1, 1, 1, 1, 1};
  private static final int BANDWIDTH_ROUNDS = 10;
  private static final double MIN_RTT_SECONDS = 10;
  private static final double PROBE_RTT_SECONDS = 0.2;
  private static final double MIN_WINDOW = 4 * TcpFlow.PACKET;

  private final double stepSeconds;
  private final double[] roundBest = new double[BANDWIDTH_ROUNDS];
  private final double[] sentBy = new double[2048];
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
  private double roundBytes;
  private int round;
  private double fullBandwidth;
  private int flatRounds;
  private boolean filled;
  private double cycleStart;
  private int phase;

  BbrFlow(double stepSeconds) {
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
    roundBytes = 0;
    fullBandwidth = 0;
    flatRounds = 0;
    filled = false;
    phase = 2;
  }

  @Override
  public double receive(double acked, double lost, double time) {
    double gone = Math.min(lost, inFlight);
    double arrived = Math.min(acked, inFlight - gone);
    inFlight -= arrived + gone;
    settled += arrived + gone;
    roundBytes += arrived;
    while (oldestUnsettled < now && sentBy[oldestUnsettled & 2047] < settled) {
      oldestUnsettled++;
    }
    double rtt = Math.max(1, now - oldestUnsettled + 1) * stepSeconds;
    if (rtt <= minRtt || time - minRttAt > MIN_RTT_SECONDS) {
      if (rtt > minRtt) {
        probeRttUntil = time + PROBE_RTT_SECONDS + rtt;
      }
      minRtt = rtt;
      minRttAt = time;
    } else if (time < probeRttUntil) {
      minRtt = Math.min(minRtt, rtt);
    }
    if (time - roundStart >= rtt) {
      endRound(time, rtt);
    }
    return gone;
  }

  private void endRound(double time, double rtt) {
    roundBest[round++ % BANDWIDTH_ROUNDS] = roundBytes / Math.max(rtt, time - roundStart);
    roundStart = time;
    roundBytes = 0;
    bandwidth = 0;
    for (double best : roundBest) {
      bandwidth = Math.max(bandwidth, best);
    }
    if (!filled) {
      if (bandwidth > 1.25 * fullBandwidth) {
        fullBandwidth = bandwidth;
        flatRounds = 0;
      } else if (++flatRounds >= 3) {
        filled = true;
        cycleStart = time;
      }
    }
  }

  @Override
  public double send(int step, double available, double time) {
    double window = 10 * TcpFlow.PACKET;
    double paced = window;
    if (bandwidth > 0) {
      double gain = filled ? cycleGain(time) : STARTUP_GAIN;
      double product = bandwidth * minRtt;
      window = Math.max(MIN_WINDOW, (filled ? 2 : STARTUP_GAIN) * product);
      if (time < probeRttUntil) {
        window = MIN_WINDOW;
      }
      paced = gain * bandwidth * stepSeconds;
    }
    double bytes = Math.max(0, Math.min(available, Math.min(paced, window - inFlight)));
    inFlight += bytes;
    sent += bytes;
    now = step;
    sentBy[step & 2047] = sent;
    oldestUnsettled = Math.max(oldestUnsettled, step - 2047);
    return bytes;
  }

  private double cycleGain(double time) {
    if (time - cycleStart > minRtt) {
      cycleStart = time;
      phase = (phase + 1) % CYCLE.length;
    }
    return CYCLE[phase];
  }
}
