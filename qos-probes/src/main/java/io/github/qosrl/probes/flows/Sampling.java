package io.github.qosrl.probes.flows;

/**
 * Which part of a direction's packets is looked at, and how that follows their rate: few enough to
 * cost little, many enough to tell of each window.
 *
 * <p>Acknowledgements are looked at more often than data: how far they have got is all that is
 * known of the upload, while any packet tells the delay of the download.
 *
 * @param shift of data, one packet in 2 to the power of this is looked at; 0 to {@value #MOST}
 */
record Sampling(int shift) {
  static final Sampling ALL = new Sampling(0);

  private static final int MOST = 12;

  /** How much more often acknowledgements are looked at, as a power of 2. */
  private static final int ACKS_MORE = 2;

  /** Packets a second, beyond which fewer are looked at: reading one costs some 5 µs. */
  private static final double HIGH = 1800;

  /** What is aimed at then. */
  private static final double AIM = 300;

  /** Below this, more are looked at. */
  static final double LOW = 100;

  Sampling {
    if (shift < 0 || shift > MOST) {
      throw new IllegalArgumentException("shift " + shift + " is not in 0 to " + MOST);
    }
  }

  /** The same of acknowledgements. */
  int ackShift() {
    return Math.max(0, shift - ACKS_MORE);
  }

  /** Of how many packets with data one is looked at. */
  int oneIn() {
    return 1 << shift;
  }

  /** Of how many acknowledgements one is looked at. */
  int oneAckIn() {
    return 1 << ackShift();
  }

  /**
   * What suits the rate.
   *
   * @param rate packets that were looked at, a second
   */
  Sampling at(double rate) {
    if (rate <= HIGH && (rate >= LOW || shift == 0)) {
      return this;
    }
    int steps = (int) Math.round(Math.log(Math.max(1, rate) / AIM) / Math.log(2));
    return new Sampling(
        Math.max(0, Math.min(MOST, shift + (rate > HIGH ? Math.max(1, steps) : steps))));
  }
}
