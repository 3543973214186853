package io.github.qosrl.core;

import java.time.Duration;
import java.util.Set;

/**
 * Measures the link.
 *
 * <p>A <em>continuous</em> probe, such as a long-lived ping, answers {@link #measure} at once with
 * the window since the last call (since its construction, at the first). A <em>one-shot</em> probe,
 * such as an iperf3 run, takes its time, bounded by the timeout. Total loss is a measurement; being
 * unable to measure is a {@link ProbeException}. After an exception a probe may be asked again, and
 * recovers if the cause went away.
 *
 * <p>Calls come from one thread at a time, except {@link #close}, which may come from any thread
 * and at any time; it ends a call in progress with a {@code ProbeException}.
 */
public interface Probe extends AutoCloseable {

  /** The metrics that this probe may report. A single measurement may lack some of them. */
  Set<Metric> metrics();

  /**
   * Measures once.
   *
   * @param timeout the longest time to take; positive
   * @return the metrics that could be measured
   * @throws ProbeException if nothing could be measured; the message says why and what to do
   * @throws InterruptedException if the thread was interrupted; the probe stays usable
   */
  Measurement measure(Duration timeout) throws ProbeException, InterruptedException;

  /**
   * Whether {@link #measure} never waits, neither for the network nor for another process, and so
   * is done within a fraction of a millisecond. The loop then measures on its own thread; to hand
   * the question to another one and take the answer back would cost more than the measuring. False
   * by default, and always right: what says yes and waits all the same delays every tick.
   */
  default boolean isImmediate() {
    return false;
  }

  /**
   * Says how closely the link is to be watched from now on. A probe that sends packets, or asks
   * somebody, then does so less often while little is to be seen. Returns at once; may come from
   * another thread than {@link #measure}, and while that is at work. At first the pace is {@link
   * Pace#FULL}.
   *
   * @return the time between two measurements that suits the probe at this pace; zero, the default,
   *     for every tick
   */
  default Duration pace(Pace pace) {
    return Duration.ZERO;
  }

  /** Ends every process and thread of this probe. Repeated calls do nothing. */
  @Override
  void close();
}
