package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import java.time.Duration;

/** The queue at the end of a branch of HTB. Pure. */
interface Leaf {

  /** Kind and parameters, as {@code qdisc add} and {@code qdisc change} take them. */
  String parameters(BitRate ceiling, Device device);

  /**
   * First in, first out, bounded in bytes (tc-bfifo(8)).
   *
   * @param queue the longest that a packet may wait
   */
  record Fifo(Duration queue) implements Leaf {
    @Override
    public String parameters(BitRate ceiling, Device device) {
      return "bfifo limit " + Sizes.queue(ceiling, queue, device);
    }
  }

  /** Fair queues, each with CoDel's active queue management (tc-fq_codel(8), RFC 8290). */
  record FqCodel() implements Leaf {
    /** RFC 8290, section 5.2.1: 5 ms, but never less than a packet or so takes to send. */
    private static final double TARGET_SECONDS = 0.005;

    /** RFC 8290, section 5.2.2: the worst round-trip time that is expected. */
    private static final double INTERVAL_SECONDS = 0.1;

    @Override
    public String parameters(BitRate ceiling, Device device) {
      double packet = device.frame() / ceiling.bytesPerSecond();
      double target = Math.min(10, Math.max(TARGET_SECONDS, 1.5 * packet));
      double interval = INTERVAL_SECONDS + target - TARGET_SECONDS;
      return "fq_codel target %dus interval %dus quantum %d"
          .formatted(Math.round(target * 1e6), Math.round(interval * 1e6), device.frame());
    }
  }
}
