package io.github.qosrl.probes.internal;

import io.github.qosrl.core.host.HostException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one {@link LineProcess} runs, until another takes its place. What the former one still
 * prints is not told any more: both count the same targets' packets. Thread-safe.
 */
public final class ProcessSlot implements AutoCloseable {

  /** Starts a process. */
  @FunctionalInterface
  public interface Launch {
    /** The process, started. */
    LineProcess start() throws HostException;
  }

  /** Held while a process is started: none is before those that it replaces are silent. */
  private final Object starting = new Object();

  private @Nullable LineProcess process;
  private @Nullable String notStarted;
  private long turn;
  private boolean closed;

  /**
   * Starts the first process.
   *
   * @throws HostException if that fails
   */
  public synchronized void start(Launch launch) throws HostException {
    process = launch.start();
  }

  /** Ends the process, and starts another on some other thread, since that takes its time. */
  public synchronized void replace(Launch launch) {
    if (closed) {
      return;
    }
    if (process != null) {
      process.closeLater();
    }
    process = null;
    notStarted = null;
    long mine = ++turn;
    Thread starter = new Thread(() -> startInPlace(launch, mine), "qos-start");
    starter.setDaemon(true);
    starter.start();
  }

  private void startInPlace(Launch launch, long mine) {
    synchronized (starting) {
      if (isOver(mine)) {
        return;
      }
      LineProcess started = null;
      String problem = null;
      try {
        started = launch.start();
      } catch (HostException e) {
        problem = String.valueOf(e.getMessage());
      }
      settle(started, problem, mine);
    }
  }

  private synchronized boolean isOver(long mine) {
    return closed || mine != turn;
  }

  private synchronized void settle(
      @Nullable LineProcess started, @Nullable String problem, long mine) {
    if (!isOver(mine)) {
      process = started;
      notStarted = problem;
    } else if (started != null) {
      started.closeLater();
    }
  }

  /** Reads what the process has printed; whether there is one, and it does what it should. */
  public synchronized boolean tend(Instant now) {
    if (process == null) {
      return false;
    }
    process.tend(now);
    return process.failure().isEmpty();
  }

  /** Starts the same process anew; false if it is not there yet. */
  public synchronized boolean restart() {
    if (process == null) {
      return false;
    }
    process.restart();
    return true;
  }

  /** Why nothing is measured here; empty while all is well, or might soon be. */
  public synchronized Optional<String> failure() {
    return process == null ? Optional.ofNullable(notStarted) : process.failure();
  }

  /** Ends the process without waiting for that; none is started any more. */
  public synchronized void closeLater() {
    closed = true;
    if (process != null) {
      process.closeLater();
    }
  }

  @Override
  public void close() {
    LineProcess last;
    synchronized (this) {
      closed = true;
      last = process;
    }
    if (last != null) {
      last.close();
    }
  }
}
