package io.github.qosrl.probes.ping;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoFailures;
import io.github.qosrl.probes.internal.EchoSource;
import io.github.qosrl.probes.internal.EchoWindows;
import io.github.qosrl.probes.internal.LineProcess;
import io.github.qosrl.probes.internal.ParallelClose;
import io.github.qosrl.probes.internal.ProcessSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One long-lived ping per target. */
final class PingSource implements EchoSource {
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(3);

  private final Host host;
  private final EchoWindows windows;
  private final MonotonicClock clock;
  private final Map<Target, ProcessSlot> slots = new LinkedHashMap<>();
  private EchoOptions options;
  private boolean closed;

  PingSource(Host host, EchoOptions options, EchoWindows windows, MonotonicClock clock) {
    this.host = host;
    this.options = options;
    this.windows = windows;
    this.clock = clock;
  }

  /**
   * Starts a first process for each target.
   *
   * @throws HostException if one could not be started; the others are then ended
   */
  synchronized void start(List<Target> targets) throws HostException {
    try {
      for (Target target : targets) {
        ProcessSlot slot = new ProcessSlot();
        slot.start(launch(target));
        slots.put(target, slot);
      }
    } catch (HostException e) {
      close();
      throw e;
    }
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
    if (!interval.equals(options.interval())) {
      options = options.every(interval);
      slots.forEach((target, slot) -> slot.replace(launch(target)));
    }
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

  /** What starts a process that sends as often as is asked for now. */
  private ProcessSlot.Launch launch(Target target) {
    EchoOptions present = options;
    Duration tenTimes = present.interval().multipliedBy(10);
    Duration silence = tenTimes.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : tenTimes;
    return () ->
        LineProcess.start(
            host,
            command(target, present),
            target.isLiteral() ? silence : silence.plus(LineProcess.LOOK_UP),
            silence,
            new Lines(target, present),
            clock);
  }

  /** The command for one target. */
  static Command command(Target target, EchoOptions options) {
    List<String> argv = new ArrayList<>(List.of("ping", "-n", "-D", "-O"));
    argv.add("-i");
    argv.add(String.format(Locale.ROOT, "%.3f", options.interval().toNanos() * 1e-9));
    if (options.size() != 56) {
      argv.addAll(List.of("-s", Integer.toString(options.size())));
    }
    if (options.dscp() != 0) {
      // -Q takes the whole octet; the code point is its upper six bits (RFC 2474).
      argv.addAll(List.of("-Q", Integer.toString(options.dscp() << 2)));
    }
    for (String binding : List.of(options.interfaceName(), options.source())) {
      if (!binding.isEmpty()) {
        argv.addAll(List.of("-I", binding));
      }
    }
    argv.add(target.host());
    return Command.of(argv);
  }

  /** What the lines of one ping mean for its target. */
  private final class Lines implements LineProcess.Listener {
    private final Target target;
    private final EchoOptions options;

    Lines(Target target, EchoOptions options) {
      this.target = target;
      this.options = options;
    }

    @Override
    public void started() {
      windows.started(target);
    }

    @Override
    public boolean line(String text, Instant at) {
      Optional<PingLine> parsed = PingLine.parse(text);
      if (parsed.isEmpty()) {
        return false;
      }
      PingLine line = parsed.get();
      switch (line.kind()) {
        case REPLY, DUPLICATE -> windows.replied(target, unwrap(line), at, line.rttNanos());
        case OUTSTANDING -> windows.sent(target, unwrap(line), at.minus(options.interval()));
        case REFUSED -> windows.refused(target, unwrap(line), at);
        case OTHER -> {}
      }
      return line.kind() != PingLine.Kind.OTHER || text.startsWith("PING ");
    }

    /** The sequence number nearest to the last one that has these lower 16 bits. */
    private long unwrap(PingLine line) {
      long highest = windows.highest(target);
      return highest < 0
          ? line.sequence()
          : highest + (short) (line.sequence() - (int) (highest & 0xffff));
    }

    @Override
    public String explain(int exitCode, String stderr) {
      return EchoFailures.explain("ping", target.host(), options, exitCode, stderr);
    }
  }
}
