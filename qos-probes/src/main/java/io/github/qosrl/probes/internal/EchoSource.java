package io.github.qosrl.probes.internal;

import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What sends the packets of an echo probe, and tells {@link EchoWindows} what became of them. */
public interface EchoSource extends AutoCloseable {

  /** Called before each window is taken: the moment to look after processes and schedules. */
  void tend(Instant now);

  /** Probes these targets, and no others, from now on. Does not block. */
  void activate(List<Target> targets);

  /**
   * Starts probing these targets anew: with new sockets, and another look at what their names mean.
   * Does not block.
   *
   * @return whether it did; not if the same socket serves another target too
   */
  boolean renew(List<Target> targets);

  /**
   * Sends a packet to each target this far apart from now on. Does not block, loses no packet that
   * has been answered already, and counts none as lost that was on its way.
   */
  void pace(Duration interval);

  /** Why no target can be probed at present; empty while at least one can. */
  Optional<String> failure();

  @Override
  void close();
}
