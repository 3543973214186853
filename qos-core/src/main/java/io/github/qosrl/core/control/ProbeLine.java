package io.github.qosrl.core.control;

import io.github.qosrl.core.DelaySample;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One probe, measured on a thread of its own unless it answers at once, so that nobody ever waits
 * for it: the tick takes what is there. All state is guarded by the lock, which all lines of an
 * environment share.
 */
final class ProbeLine {
  /** After a failure a probe is asked again no sooner than this. */
  static final Duration RETRY = Duration.ofSeconds(1);

  /** A probe that overstays its timeout by this much counts as failed. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Probe probe;
  private final Duration ownPeriod;
  private final Duration timeout;
  private final Executor executor;
  private final MonotonicClock clock;
  private final ReentrantLock lock;
  private final Condition arrived;

  private Duration period;
  private boolean busy;
  private @Nullable Instant askedAt;
  private @Nullable Measurement newest;
  private boolean fresh;
  private List<DelaySample> unseen = new ArrayList<>();
  private @Nullable String problem;
  private boolean reported;

  /**
   * @param period zero to measure at every tick
   */
  ProbeLine(
      Probe probe,
      Duration period,
      Duration timeout,
      Executor executor,
      MonotonicClock clock,
      ReentrantLock lock,
      Condition arrived) {
    this.probe = probe;
    this.ownPeriod = period;
    this.period = period;
    this.timeout = timeout;
    this.executor = executor;
    this.clock = clock;
    this.lock = lock;
    this.arrived = arrived;
  }

  /**
   * Asks the probe if it is its turn, and it is not still at work. Called without the lock: an
   * immediate probe is measured here.
   */
  void askIfDue(Instant now) {
    lock.lock();
    try {
      Duration pause = problem != null && period.compareTo(RETRY) < 0 ? RETRY : period;
      if (busy || (askedAt != null && now.isBefore(askedAt.plus(pause)))) {
        return;
      }
      busy = true;
      askedAt = now;
    } finally {
      lock.unlock();
    }
    executor.execute(this::measure);
  }

  /** Whether an answer to the question of this very tick is worth a short wait. */
  boolean awaited(Instant now) {
    return busy && ownPeriod.isZero() && now.equals(askedAt);
  }

  /** Passes the pace on; a probe with a period of its own keeps it. */
  void pace(Pace pace) {
    Duration suits = probe.pace(pace);
    lock.lock();
    try {
      period = ownPeriod.isZero() ? suits : ownPeriod;
    } finally {
      lock.unlock();
    }
  }

  /** What there is at a tick. Single replies are handed out once. */
  Optional<Measurement> take(Instant now) {
    if (busy && askedAt != null && now.isAfter(askedAt.plus(timeout).plus(PATIENCE))) {
      Duration since = Duration.between(askedAt, now);
      problem =
          probe.getClass().getSimpleName() + " has not answered for " + since.toSeconds() + " s";
    }
    Measurement last = newest;
    if (problem != null || last == null) {
      return Optional.empty();
    }
    if (!fresh) {
      return Optional.of(last);
    }
    Measurement seen = unseen.size() == last.delays().size() ? last : withReplies(last, unseen);
    newest = last.withoutDelays();
    fresh = false;
    unseen = new ArrayList<>();
    return Optional.of(seen);
  }

  /** Tells of a failure, and of its end, once each. */
  void report(Instant now, Consumer<LoopEvent> events) {
    if (problem != null && !reported) {
      reported = true;
      events.accept(new LoopEvent(now, LoopEvent.Kind.PROBE_FAILED, problem));
    } else if (problem == null && reported) {
      reported = false;
      String message = probe.getClass().getSimpleName() + " measures again";
      events.accept(new LoopEvent(now, LoopEvent.Kind.PROBE_RECOVERED, message));
    }
  }

  void close() {
    probe.close();
  }

  private void measure() {
    Measurement measurement = null;
    String failure = null;
    try {
      measurement = probe.measure(timeout);
    } catch (ProbeException e) {
      failure = e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = "interrupted";
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      failure = probe.getClass().getSimpleName() + " broke down: " + e;
    }
    lock.lock();
    try {
      answered(measurement, failure);
    } finally {
      lock.unlock();
    }
  }

  private void answered(@Nullable Measurement measurement, @Nullable String failure) {
    busy = false;
    problem = failure;
    if (measurement != null) {
      newest = measurement;
      fresh = true;
      unseen.addAll(measurement.delays());
    }
    arrived.signalAll();
  }

  /** The measurement, with the replies of those before it that no tick has seen. */
  private static Measurement withReplies(Measurement last, List<DelaySample> replies) {
    Measurement.Builder all = Measurement.builder(last.from(), last.to());
    last.asMap().forEach(all::put);
    return all.delays(replies).build();
  }
}
