package io.github.qosrl.probes.internal;

import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A source of echoes that runs one long-lived process for each target. Thread-safe. */
public final class ProcessPerTarget implements EchoSource {

  /** Starts the process of a target. */
  @FunctionalInterface
  public interface Start {
    /**
     * Starts it.
     *
     * @param bound what its packets are bound to, and how often they are sent
     * @throws HostException if it cannot be started
     */
    LineProcess process(Target target, EchoBinding bound) throws HostException;
  }

  private final UnaryOperator<EchoBinding> renewal;
  private final boolean steady;
  private final Start start;
  private final Map<Target, ProcessSlot> slots = new LinkedHashMap<>();
  private EchoBinding binding;
  private boolean closed;

  private ProcessPerTarget(
      EchoBinding binding, UnaryOperator<EchoBinding> renewal, boolean steady, Start start) {
    this.binding = binding;
    this.renewal = renewal;
    this.steady = steady;
    this.start = start;
  }

  /**
   * Starts a process for each target.
   *
   * @param renewal binds to the addresses that there are now
   * @throws HostException if one could not be started; the others are then ended
   */
  public static ProcessPerTarget start(
      List<Target> targets, EchoBinding binding, UnaryOperator<EchoBinding> renewal, Start start)
      throws HostException {
    return new ProcessPerTarget(binding, renewal, false, start).startFirst(targets);
  }

  /**
   * Starts a process for each target that sends as often whatever the pace.
   *
   * @param renewal binds to the addresses that there are now
   * @throws HostException if one could not be started; the others are then ended
   */
  public static ProcessPerTarget startSteady(
      List<Target> targets, EchoBinding binding, UnaryOperator<EchoBinding> renewal, Start start)
      throws HostException {
    return new ProcessPerTarget(binding, renewal, true, start).startFirst(targets);
  }

  private synchronized ProcessPerTarget startFirst(List<Target> targets) throws HostException {
    try {
      for (Target target : targets) {
        ProcessSlot slot = new ProcessSlot();
        slot.start(() -> start.process(target, binding));
        slots.put(target, slot);
      }
    } catch (HostException e) {
      close();
      throw e;
    }
    return this;
  }

  @Override
  public synchronized void tend(Instant now) {
    slots.values().forEach(slot -> slot.tend(now));
  }

  @Override
  public synchronized void activate(List<Target> targets) {
    if (closed) {
      return;
    }
    List<Target> gone = new ArrayList<>(slots.keySet());
    gone.removeAll(targets);
    for (Target target : gone) {
      ProcessSlot slot = slots.remove(target);
      if (slot != null) {
        slot.closeLater();
      }
    }
    for (Target target : targets) {
      if (!slots.containsKey(target)) {
        ProcessSlot slot = new ProcessSlot();
        slot.replace(launch(target));
        slots.put(target, slot);
      }
    }
  }

  @Override
  public synchronized void pace(Duration interval) {
    if (!steady && !interval.equals(binding.options().interval())) {
      binding = binding.every(interval);
      slots.forEach((target, slot) -> slot.replace(launch(target)));
    }
  }

  private ProcessSlot.Launch launch(Target target) {
    EchoBinding present = binding;
    return () -> start.process(target, renewal.apply(present));
  }

  @Override
  public synchronized boolean renew(List<Target> targets) {
    slots.forEach(
        (target, slot) -> {
          if (targets.contains(target)) {
            slot.restart();
          }
        });
    return true;
  }

  @Override
  public synchronized Optional<String> failure() {
    List<String> failures = new ArrayList<>();
    for (ProcessSlot slot : slots.values()) {
      Optional<String> failure = slot.failure();
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
    ParallelClose.all(slots.values());
    slots.clear();
  }
}
