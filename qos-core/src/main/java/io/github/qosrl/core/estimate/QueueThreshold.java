package io.github.qosrl.core.estimate;

/** From which delay on a queue is one. */
final class QueueThreshold {
  /** A full Ethernet frame as interface counters count it: 1500 bytes and the header. */
  static final double PACKET_BITS = 1514 * 8;

  /** What senders' clocks and schedulers make of an empty queue; seconds. */
  private static final double NOISE = 0.002;

  /** Packets that stand in any queue that is served one by one. */
  private static final double PACKETS = 1.5;

  private QueueThreshold() {}

  /** In seconds, for a bottleneck of this rate in bit/s. */
  static double at(double rate) {
    return NOISE + PACKETS * PACKET_BITS / rate;
  }
}
