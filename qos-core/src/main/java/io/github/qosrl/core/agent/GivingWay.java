package io.github.qosrl.core.agent;

/**
 * How much a congested rate gives way: to which part of the capacity it falls, and how near the
 * place where congestion began it comes again. Rates in bit/s, times in seconds.
 *
 * <p>That depends on whether the senders heed our drops. Loss is what CUBIC and NewReno slow down
 * for, and a shaper near the capacity drops one packet in a hundred of theirs. The first BBR goes
 * on for ten round trips at the most that it was let through (Cardwell et al., ACM Queue 14(5),
 * 2016), and the shaper drops one in six: its queue at the link is gone sooner, and stays away
 * longer, if it is let through less.
 */
final class GivingWay {
  /** A drop share below which senders heed drops, and above which they do not. */
  private static final double HEEDED = 0.05;

  private static final double UNHEEDED = 0.1;

  /** Time constant with which packets are counted. */
  private static final double MEMORY = 5;

  /** Of fewer packets, the drops say nothing. */
  private static final double FEW_PACKETS = 20;

  /**
   * On a shorter path ten round trips are over before a cut shows; and its windows are so small
   * that CUBIC, too, loses one packet in ten.
   */
  private static final double SHORT_PATH = 0.01;

  /**
   * An excess delay of this much, or of so many round trips, would be drained at no rate at all;
   * one of this part of it already, if drops are not heeded.
   */
  private static final double DRAIN = 0.1;

  private static final double DRAIN_ROUND_TRIPS = 2.5;
  private static final double DRAIN_UNHEEDED = 0.6;

  /** The least part of the capacity. */
  private static final double LEAST = 0.5;

  private static final double LEAST_UNHEEDED = 0.4;

  /** Part below where congestion began, so that the queue stays with us, and short; again more. */
  private static final double MARGIN = 0.02;

  private static final double MARGIN_OF_UNREST = 0.3;
  private static final double LARGEST_MARGIN = 0.05;
  private static final double MARGIN_UNHEEDED = 0.2;

  /** How near to a known capacity a rate grows if drops are not heeded. */
  private static final double NEAREST_UNHEEDED = 0.93;

  private double baseline;
  private double droppedPackets;
  private double arrivedPackets;

  /**
   * Takes in a tick.
   *
   * @param baselineDelay of the path
   * @param dropped packets that our shaper dropped in it
   * @param arrived bits that came out of the link in it; NaN if that is not known
   */
  void observe(double baselineDelay, double dropped, double arrived, double elapsed) {
    baseline = baselineDelay;
    if (Double.isNaN(arrived)) {
      return;
    }
    double kept = Math.exp(-elapsed / MEMORY);
    droppedPackets = droppedPackets * kept + dropped;
    arrivedPackets = arrivedPackets * kept + arrived / ReceiveRateDirection.PACKET_BITS;
  }

  /** How little the senders heed our drops: 0 if they do, 1 if they do not. */
  double unheeded() {
    if (baseline < SHORT_PATH) {
      return 0;
    }
    double share = droppedPackets / Math.max(FEW_PACKETS, arrivedPackets);
    return Math.max(0, Math.min(1, (share - HEEDED) / (UNHEEDED - HEEDED)));
  }

  boolean areDropsHeeded() {
    return unheeded() < 0.5;
  }

  private double between(double ifHeeded, double ifNot) {
    return ifHeeded + unheeded() * (ifNot - ifHeeded);
  }

  /** The part of the capacity that drains so much delay too many. */
  double share(double excess) {
    double drain = Math.max(DRAIN, DRAIN_ROUND_TRIPS * baseline) * between(1, DRAIN_UNHEEDED);
    return Math.max(between(LEAST, LEAST_UNHEEDED), 1 - excess / drain);
  }

  /** The rate to come back to after congestion that began at another. */
  double comeback(double startRate, double unrest) {
    double margin = Math.min(LARGEST_MARGIN, MARGIN + MARGIN_OF_UNREST * unrest);
    return (1 - between(margin, MARGIN_UNHEEDED)) * startRate;
  }

  /** The most that a rate grows to until the last congestion is left behind. */
  double most(KnownCapacity known) {
    if (areDropsHeeded() || !known.isKnown() || known.isLeftBehind()) {
      return Double.POSITIVE_INFINITY;
    }
    return known.rate() * (NEAREST_UNHEEDED + known.distance() * (1 - NEAREST_UNHEEDED));
  }
}
