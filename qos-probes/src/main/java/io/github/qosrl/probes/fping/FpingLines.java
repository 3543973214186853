package io.github.qosrl.probes.fping;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoFailures;
import io.github.qosrl.probes.internal.EchoWindows;
import io.github.qosrl.probes.internal.LineProcess;
import io.github.qosrl.probes.internal.OneWaySample;
import io.github.qosrl.probes.internal.SendSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the lines of one fping mean for its targets. Thread-safe. */
final class FpingLines implements LineProcess.Listener {
  private static final Logger log = LoggerFactory.getLogger(FpingLines.class);

  private final EchoOptions options;
  private final EchoWindows windows;
  private final MonotonicClock clock;
  private final List<Target> order;
  private final Duration stagger;
  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final Map<Target, SendSchedule> schedules = new LinkedHashMap<>();
  private final Map<Target, OneWaySample> newest = new HashMap<>();
  private final Set<Target> withoutAddress = new HashSet<>();
  private final Supplier<Command> next;
  private @Nullable String unbound;

  /**
   * @param active the targets, in the order of the command line
   * @param next the command to start it again with
   */
  FpingLines(
      EchoOptions options,
      EchoWindows windows,
      MonotonicClock clock,
      List<Target> active,
      Supplier<Command> next) {
    this.next = next;
    this.options = options;
    this.windows = windows;
    this.clock = clock;
    this.order = List.copyOf(active);
    this.stagger = FpingSource.stagger(active, options);
    active.forEach(target -> targets.put(target.host(), target));
  }

  List<Target> active() {
    return order;
  }

  /** Why nothing that it prints is of the interface that it was told; empty if it is. */
  synchronized Optional<String> unbound() {
    return Optional.ofNullable(unbound);
  }

  @Override
  public Command again(Command last) {
    return next.get();
  }

  @Override
  public synchronized void started() {
    unbound = null;
    schedules.clear();
    withoutAddress.clear();
    order.forEach(windows::started);
    // With a name to look up, the first packet leaves nobody knows when.
    if (order.stream().allMatch(Target::isLiteral)) {
      schedule(clock.now());
    }
  }

  private void schedule(Instant firstRound) {
    int i = 0;
    for (Target target : order) {
      Instant first = firstRound.plus(stagger.multipliedBy(i++));
      if (!withoutAddress.contains(target)) {
        schedules.put(target, new SendSchedule(first, options.interval()));
      }
    }
  }

  /** Says what must have been sent by now. */
  @Override
  public synchronized void tended(Instant now) {
    if (unbound != null) {
      return;
    }
    schedules.forEach((target, schedule) -> windows.sent(target, schedule, now));
  }

  @Override
  public synchronized boolean line(String text, Instant at) {
    if (unbound != null) {
      return true;
    }
    Optional<FpingLine> parsed = FpingLine.parse(text);
    if (parsed.isEmpty()) {
      return text.startsWith("ICMP ");
    }
    FpingLine line = parsed.get();
    Target target = targets.get(line.host());
    if (target == null) {
      return line.kind() != FpingLine.Kind.OTHER;
    }
    if (schedules.isEmpty()) {
      boolean answered = line.kind() == FpingLine.Kind.REPLY;
      Instant sentAt = answered ? at : at.minus(FpingSource.TIMEOUT);
      schedule(sentAt.minus(options.interval().multipliedBy(line.index())));
    }
    if (!schedules.containsKey(target)) {
      return true;
    }
    if (line.kind() == FpingLine.Kind.REPLY) {
      replied(target, line, text, at);
    } else {
      Instant sentAt = at.minus(FpingSource.TIMEOUT);
      observe(target, line.index(), sentAt);
      windows.sent(target, line.index(), sentAt);
      tended(at);
    }
    return true;
  }

  private void replied(Target target, FpingLine line, String text, Instant at) {
    Duration rtt = Duration.ofNanos(Math.max(0, line.rttNanos()));
    if (line.rttNanos() >= 0 && rtt.compareTo(FpingSource.TIMEOUT) <= 0) {
      observe(target, line.index(), at.minus(rtt));
    }
    // Before the answer: what was sent earlier may still be on its way.
    tended(at);
    Optional<OneWaySample> eachWay =
        IcmpTimestamps.parse(text)
            .map(timestamps -> timestamps.sample(line.rttNanos(), newest.get(target)));
    eachWay.ifPresent(sample -> newest.put(target, sample));
    windows.replied(target, line.index(), at, line.rttNanos(), eachWay);
  }

  /** fping's period slips a little when the machine is busy, for all targets alike. */
  private void observe(Target target, long index, Instant sentAt) {
    int at = order.indexOf(target);
    for (int i = 0; i < order.size(); i++) {
      SendSchedule schedule = schedules.get(order.get(i));
      if (i == at && schedule != null) {
        schedule.observe(index, sentAt);
      } else if (schedule != null) {
        schedule.observeLater(index, sentAt.plusNanos(stagger.toNanos() * (i - at)));
      }
    }
  }

  /**
   * A name without an address: fping goes on with the others, and never sends to it. Without the
   * interface that it was told, fping before 4.3 goes on too, by whatever way the system likes.
   */
  @Override
  public synchronized void error(String text) {
    if (text.startsWith("binding to specific interface")) {
      unbound = explain(1, text);
    }
    for (Target target : order) {
      boolean unresolved =
          text.startsWith(target.host() + ": ") || text.startsWith(target.host() + " address not");
      if (unresolved && withoutAddress.add(target)) {
        schedules.remove(target);
        if (withoutAddress.size() < order.size()) { // With none left, the measuring fails.
          log.warn("fping cannot probe {}; it goes on with the others", text);
        }
      }
    }
  }

  @Override
  public String explain(int exitCode, String stderr) {
    String hosts = String.join(" ", targets.keySet());
    return EchoFailures.explain("fping", hosts, options, exitCode, stderr);
  }
}
