package io.github.qosrl.core.sim;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Reward;
import java.time.Duration;
import java.util.List;

/**
 * What a simulated link is like, and what is done on it. Immutable and thread-safe.
 *
 * @param name a short name for tables
 * @param download capacity of the download
 * @param upload capacity of the upload
 * @param baseRtt round-trip time with empty queues
 * @param downloadBuffer the download's buffer, as the time it takes to drain at the mean capacity
 * @param uploadBuffer the upload's buffer, likewise
 * @param randomLoss part of all packets that the link itself loses, in each direction, 0 to 1
 * @param traffic who sends what
 * @param shaperQueue how our shaper's queue works
 * @param probeTargets how many hosts are probed in turn
 * @param probeInterval time between two probes
 * @param icmpApart whether the bottlenecks serve those probes, which are ICMP, before all else:
 *     they see no queue that the users' packets wait in
 * @param passiveSignals what the users' packets tell
 * @param warmUp how long the idle link is probed before the first observation
 * @param interval time between two decisions
 * @param duration how long an episode lasts after the first observation
 * @param reward how good a tick was
 */
public record Scenario(
    String name,
    CapacityProcess download,
    CapacityProcess upload,
    Duration baseRtt,
    Duration downloadBuffer,
    Duration uploadBuffer,
    double randomLoss,
    List<Traffic> traffic,
    QueueDiscipline shaperQueue,
    int probeTargets,
    Duration probeInterval,
    boolean icmpApart,
    PassiveSignals passiveSignals,
    Duration warmUp,
    Duration interval,
    Duration duration,
    Reward reward) {

  /** A shaper's FIFO holds what its limit passes in this time, and at least ten packets. */
  private static final double SHAPER_BUFFER_SECONDS = 0.02;

  private static final double MIN_BUFFER_BYTES = 2 * TcpFlow.PACKET;

  /**
   * @throws IllegalArgumentException if a value is out of range; the message lists all that are
   */
  public Scenario {
    traffic = List.copyOf(traffic);
    ScenarioBuilder.validate(
        baseRtt,
        downloadBuffer,
        uploadBuffer,
        randomLoss,
        probeTargets,
        probeInterval,
        warmUp,
        interval,
        duration);
  }

  /** Starts a scenario: 20 Mbit/s down, 5 up, 40 ms, 750 ms of buffer, four downloads. */
  public static ScenarioBuilder builder(String name) {
    return new ScenarioBuilder(name);
  }

  /** Starts a scenario that is like this one. */
  public ScenarioBuilder toBuilder() {
    return new ScenarioBuilder(this);
  }

  /** The capacity of a direction. */
  public CapacityProcess capacity(Direction direction) {
    return direction == Direction.DOWNLOAD ? download : upload;
  }

  /** The size of a direction's buffer in bytes; at least two packets. */
  public double bufferBytes(Direction direction) {
    Duration time = direction == Direction.DOWNLOAD ? downloadBuffer : uploadBuffer;
    double bytes = capacity(direction).mean().bytesPerSecond() * time.toNanos() / 1e9;
    return Math.max(MIN_BUFFER_BYTES, bytes);
  }

  /** The size of a shaper's FIFO in bytes, under a limit in bytes per second. */
  static double shaperBufferBytes(double limit) {
    return Math.max(10 * TcpFlow.PACKET, SHAPER_BUFFER_SECONDS * limit);
  }

  /** The number of decisions in an episode. */
  public int ticks() {
    return (int) Math.max(1, Math.round((double) duration.toNanos() / interval.toNanos()));
  }
}
