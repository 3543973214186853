package io.github.qosrl.core.sim;

import java.util.Arrays;

/**
 * A TCP sender in the fluid model: a window of bytes in flight that is clocked by acknowledgements.
 *
 * <p>Loss is seen as a gap, when something behind it arrives. The window falls once a round (fast
 * recovery); meanwhile sending follows proportional rate reduction (RFC 6937). When nothing comes
 * back for a retransmission timeout, one packet probes the path (RFC 6298); if it turns out that
 * nothing was lost, the timeout is undone (F-RTO, RFC 5682).
 */
abstract class TcpFlow implements Sender {
  /** Bytes of a full packet on the wire, Ethernet header included. */
  static final double PACKET = 1514;

  static final double PER_PACKET = 1 / PACKET;

  /** RFC 6928. */
  private static final double INITIAL_WINDOW = 10 * PACKET;

  private static final double MIN_WINDOW = 2 * PACKET;
  private static final double MIN_TIMEOUT = 0.2;
  private static final int HISTORY = 2048;

  double window;
  double threshold;
  double minRtt;
  double rtt;

  private double inFlight;
  private double sent;
  private double settled;
  private double recoveryPoint;
  private double repaired;
  private boolean lostMore;
  private boolean recovering;
  private double recoveryCredit;
  private boolean limited;
  private double lastHeard;
  private double backoff;

  /** Bytes ever sent, at the end of each step: tells when an acknowledged byte was sent. */
  private final double[] sentBy = new double[HISTORY];

  private int oldestUnsettled;
  private int now;
  private final double stepSeconds;

  TcpFlow(double stepSeconds) {
    this.stepSeconds = stepSeconds;
    connect();
  }

  /** Forgets everything, as a new connection does. */
  @Override
  public void connect() {
    window = INITIAL_WINDOW;
    threshold = Double.MAX_VALUE;
    minRtt = Double.MAX_VALUE;
    rtt = 0;
    inFlight = 0;
    sent = 0;
    settled = 0;
    recovering = false;
    recoveryCredit = 0;
    limited = false;
    backoff = 1;
    oldestUnsettled = now;
    Arrays.fill(sentBy, 0);
    started();
  }

  @Override
  public double receive(double acked, double lost, double time) {
    // What an earlier connection still had in flight is nobody's.
    double gone = Amount.least(lost, inFlight);
    double arrived = Amount.least(acked, inFlight - gone);
    inFlight -= arrived + gone;
    settled += arrived + gone;
    lastHeard = time;
    measureRtt();
    if (gone > 0) {
      notice(time);
    }
    backoff = 1;
    if (recovering) {
      recoveryCredit +=
          inFlight > threshold ? arrived * reduction() : arrived + Amount.least(PACKET, arrived);
      if (settled >= repaired) {
        recovering = false;
        if (lostMore) {
          notice(time);
        }
      }
    } else if (arrived > 0 && limited) {
      grow(arrived, time);
    }
    return gone;
  }

  /**
   * Takes note of a loss. A recovery lasts until all that was lost of the window it began with has
   * been sent again and acknowledged; what is lost of later data starts the next one.
   */
  private void notice(double time) {
    if (recovering) {
      if (settled <= recoveryPoint) {
        repaired = sent;
      } else {
        lostMore = true;
      }
      return;
    }
    threshold = Amount.most(MIN_WINDOW, Math.floor(lost(time) * PER_PACKET) * PACKET);
    if (backoff > 1) {
      window = PACKET;
      return;
    }
    window = threshold;
    recovering = true;
    recoveryPoint = sent;
    repaired = sent;
    lostMore = false;
    recoveryCredit = 0;
  }

  private void measureRtt() {
    while (oldestUnsettled < now && sentBy[oldestUnsettled & HISTORY - 1] < settled) {
      oldestUnsettled++;
    }
    double before = oldestUnsettled == 0 ? 0 : sentBy[oldestUnsettled - 1 & HISTORY - 1];
    double in = sentBy[oldestUnsettled & HISTORY - 1] - before;
    double part = in > 0 ? Amount.least(1, Amount.most(0, (settled - before) / in)) : 1;
    rtt = Amount.most(stepSeconds, (now - oldestUnsettled + 1 - part) * stepSeconds);
    minRtt = Amount.least(minRtt, rtt);
  }

  @Override
  public double send(int step, double available, double time) {
    double allowed = Math.floor(window * PER_PACKET) * PACKET - inFlight;
    if (recovering) {
      allowed = inFlight > threshold ? recoveryCredit : Amount.least(recoveryCredit, allowed);
      recoveryCredit = 0;
    }
    double bytes = Amount.most(0, Amount.least(allowed, available));
    limited = available > allowed;
    if (inFlight <= 0) {
      lastHeard = time;
    } else if (bytes == 0 && time - lastHeard > backoff * (MIN_TIMEOUT + rtt)) {
      bytes = PACKET;
      backoff *= 2;
      lastHeard = time;
      timedOut();
    }
    inFlight += bytes;
    sent += bytes;
    now = step;
    sentBy[step & HISTORY - 1] = sent;
    if (step - oldestUnsettled >= HISTORY) {
      oldestUnsettled = step - HISTORY + 1;
    }
    return bytes;
  }

  /** Bytes ever sent. */
  double sent() {
    return sent;
  }

  /** Bytes ever acknowledged or found lost. */
  double settled() {
    return settled;
  }

  double stepSeconds() {
    return stepSeconds;
  }

  boolean inSlowStart() {
    return window < threshold;
  }

  /** A connection starts. */
  abstract void started();

  /**
   * A round lost packets.
   *
   * @return the window to continue with
   */
  abstract double lost(double time);

  /** The retransmission timer ran out; the window falls only if something was lost indeed. */
  void timedOut() {}

  /** Part of the window that a loss leaves. */
  abstract double reduction();

  /** Bytes were acknowledged while the window was the limit. */
  abstract void grow(double acked, double time);
}
