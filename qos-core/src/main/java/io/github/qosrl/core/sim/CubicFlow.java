package io.github.qosrl.core.sim;

/**
 * CUBIC as Linux has it (RFC 9438; net/ipv4/tcp_cubic.c): β = 0.7, C = 0.4, fast convergence,
 * HyStart by delay. Windows in this class are in packets.
 */
final class CubicFlow extends TcpFlow {
  private static final double BETA = 0.7;
  private static final double C = 0.4;

  /** Packets a round trip that Reno gains on average at this β (RFC 9438, section 4.3). */
  private static final double RENO_GROWTH = 3 * (1 - BETA) / (1 + BETA);

  /** HyStart leaves slow start at this much delay over the minimum (HYSTART_DELAY_MIN, _MAX). */
  private static final double HYSTART_MIN = 0.004;

  private static final double HYSTART_MAX = 0.016;
  private static final double HYSTART_LOW_WINDOW = 16;

  /** HYSTART_ACK_DELTA. */
  private static final double ACK_GAP = 0.002;

  private static final double HYSTART_SAMPLES = 8;

  private double roundEnd;
  private double roundAcked;
  private double roundMin;
  private double roundStart;
  private boolean train;
  private double largest;
  private double origin;
  private double k;
  private double epoch;
  private double friendly;

  CubicFlow(double stepSeconds) {
    super(stepSeconds);
  }

  @Override
  void started() {
    largest = 0;
    epoch = -1;
    roundEnd = 0;
  }

  @Override
  void timedOut() {
    largest = 0;
    epoch = -1;
  }

  /**
   * HyStart (tcp_cubic.c, {@code hystart_update}): the smallest round trip of this round, after
   * eight packets of it, has grown; or acknowledgements at most 2 ms apart have come for half of a
   * round trip.
   */
  private boolean slowStartIsLongEnough(double acked, double time) {
    if (settled() >= roundEnd) {
      roundEnd = sent();
      roundStart = time;
      roundAcked = 0;
      roundMin = Double.MAX_VALUE;
      train = true;
    }
    roundAcked += acked;
    roundMin = Amount.least(roundMin, rtt);
    train &= acked >= PACKET * stepSeconds() / ACK_GAP;
    double room = Amount.most(HYSTART_MIN, Amount.least(HYSTART_MAX, minRtt / 8));
    return (roundAcked >= HYSTART_SAMPLES * PACKET && roundMin > minRtt + room)
        || (train && time - roundStart > minRtt / 2);
  }

  @Override
  double lost(double time) {
    double w = window * PER_PACKET;
    largest = w < largest ? w * (1 + BETA) / 2 : w;
    epoch = -1;
    return window * BETA;
  }

  @Override
  double reduction() {
    return BETA;
  }

  @Override
  void grow(double acked, double time) {
    double w = window * PER_PACKET;
    if (inSlowStart()) {
      window += acked;
      if (w >= HYSTART_LOW_WINDOW && slowStartIsLongEnough(acked, time)) {
        threshold = window;
      }
      return;
    }
    if (epoch < 0) {
      epoch = time;
      friendly = w;
      k = w < largest ? Math.cbrt((largest - w) / C) : 0;
      origin = Amount.most(w, largest);
    }
    double packets = acked * PER_PACKET;
    double t = time + minRtt - epoch - k;
    double target = origin + C * t * t * t;
    double perWindow = 1 / w;
    double perPacket = target > w ? (target - w) * perWindow : 0.01 * perWindow;
    if (largest == 0) {
      perPacket = Amount.most(perPacket, 1 / 20.0);
    }
    // RFC 9438, section 4.3: not slower than Reno would be at this β.
    friendly += RENO_GROWTH * packets * perWindow;
    if (friendly > w) {
      perPacket = Amount.most(perPacket, (friendly - w) * perWindow);
    }
    window += Amount.least(0.5, perPacket) * packets * PACKET;
  }
}
