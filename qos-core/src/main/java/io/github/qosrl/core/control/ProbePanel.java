package io.github.qosrl.core.control;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The probes of a live link: those that answer at once are measured on the thread of the loop, each
 * of the others on one of its own.
 */
final class ProbePanel {
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

  private final MonotonicClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<ProbeLine> lines = new ArrayList<>();

  /** The same in the order in which they are asked: first those that may wait. */
  private final List<ProbeLine> asked = new ArrayList<>();

  private int waiting;

  private final List<ExecutorService> threads = new ArrayList<>();
  private final @Nullable Function<Probe, Executor> executors;

  /**
   * @param executors where each probe runs; null gives each that may wait a daemon thread
   */
  ProbePanel(MonotonicClock clock, @Nullable Function<Probe, Executor> executors) {
    this.clock = clock;
    this.executors = executors;
  }

  void add(Probe probe, Duration period, Duration interval) {
    Duration turn = period.isZero() ? interval : period;
    Duration timeout = turn.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : turn;
    Executor executor = executors == null ? executor(probe) : executors.apply(probe);
    ProbeLine line = new ProbeLine(probe, period, timeout, executor, clock, lock, arrived);
    lines.add(line);
    // While the others are at work, the immediate ones are measured.
    asked.add(probe.isImmediate() ? asked.size() : waiting++, line);
  }

  private Executor executor(Probe probe) {
    return probe.isImmediate() ? Runnable::run : thread(probe);
  }

  private ExecutorService thread(Probe probe) {
    String name = "qos-probe-" + probe.getClass().getSimpleName();
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread t = new Thread(work, name);
              t.setDaemon(true);
              return t;
            });
    threads.add(thread);
    return thread;
  }

  /** Asks the probes whose turn it is, waits a little, and takes what there is. */
  List<Measurement> read(Duration grace, Consumer<LoopEvent> events) throws InterruptedException {
    List<Measurement> measured = new ArrayList<>(lines.size());
    List<LoopEvent> news = new ArrayList<>();
    Instant start = clock.now();
    asked.forEach(line -> line.askIfDue(start));
    lock.lockInterruptibly();
    try {
      long left = grace.toNanos();
      while (left > 0 && isAnyAwaited(start)) {
        left = arrived.awaitNanos(left);
      }
      Instant now = clock.now();
      for (ProbeLine line : lines) {
        line.take(now).ifPresent(measured::add);
        line.report(now, news::add);
      }
    } finally {
      lock.unlock();
    }
    news.forEach(events);
    return measured;
  }

  private boolean isAnyAwaited(Instant start) {
    for (ProbeLine line : lines) {
      if (line.awaited(start)) {
        return true;
      }
    }
    return false;
  }

  /** Has all probes watch the link so closely from now on. */
  void pace(Pace pace) {
    lines.forEach(line -> line.pace(pace));
  }

  void close() {
    threads.forEach(ExecutorService::shutdownNow);
    lines.forEach(ProbeLine::close);
  }
}
