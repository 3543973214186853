package io.github.qosrl.probes.internal;

import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source of echoes that runs one long-lived process for each target. Thread-safe. */
public final class ProcessPerTarget implements EchoSource {

  /** Starts the process of a target. */
  @FunctionalInterface
  public interface Start {
    /**
     * Starts it.
     *
     * @throws HostException if it cannot be started
     */
    LineProcess process(Target target) throws HostException;
  }

  private final Start start;
  private final Map<Target, LineProcess> running = new LinkedHashMap<>();
  private final Map<Target, String> notStarted = new LinkedHashMap<>();
  private boolean closed;

  private ProcessPerTarget(Start start) {
    this.start = start;
  }

  /**
   * Starts a process for each target.
   *
   * @throws HostException if one could not be started; the others are then ended
   */
  public static ProcessPerTarget start(List<Target> targets, Start start) throws HostException {
    ProcessPerTarget source = new ProcessPerTarget(start);
    try {
      for (Target target : targets) {
        source.running.put(target, start.process(target));
      }
    } catch (HostException e) {
      source.close();
      throw e;
    }
    return source;
  }

  @Override
  public synchronized void tend(Instant now) {
    running.values().forEach(process -> process.tend(now));
  }

  @Override
  public synchronized void activate(List<Target> targets) {
    if (closed) {
      return;
    }
    List<Target> gone = new ArrayList<>(running.keySet());
    gone.removeAll(targets);
    for (Target target : gone) {
      LineProcess process = running.remove(target);
      if (process != null) {
        process.closeLater();
      }
    }
    notStarted.clear();
    for (Target target : targets) {
      if (!running.containsKey(target)) {
        try {
          running.put(target, start.process(target));
        } catch (HostException e) {
          notStarted.put(target, e.getMessage());
        }
      }
    }
  }

  @Override
  public synchronized boolean renew(List<Target> targets) {
    running.forEach(
        (target, process) -> {
          if (targets.contains(target)) {
            process.restart();
          }
        });
    return true;
  }

  @Override
  public synchronized Optional<String> failure() {
    List<String> failures = new ArrayList<>(notStarted.values());
    for (LineProcess process : running.values()) {
      Optional<String> failure = process.failure();
      if (failure.isEmpty()) {
        return Optional.empty();
      }
      failures.add(failure.get());
    }
    return failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures));
  }

  @Override
  public synchronized void close() {
    closed = true;
    ParallelClose.all(running.values());
    running.clear();
  }
}
