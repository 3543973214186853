package io.github.qosrl.probes.fping;

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
import io.github.qosrl.probes.internal.ProcessSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One fping for all active targets. */
final class FpingSource implements EchoSource {
  /**
   * How long fping itself waits for an answer. Its default, 500 ms, makes answers vanish exactly
   * when delay is worst; this module decides by itself what is late and what is lost.
   */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(FpingSource.class);

  private final Host host;
  private final EchoWindows windows;
  private final MonotonicClock clock;
  private final ProcessSlot slot = new ProcessSlot();
  private EchoOptions options;
  private Lines lines;

  FpingSource(Host host, EchoOptions options, EchoWindows windows, MonotonicClock clock) {
    this.host = host;
    this.options = options;
    this.windows = windows;
    this.clock = clock;
    this.lines = new Lines(List.of(), options);
  }

  /**
   * Starts the process.
   *
   * @throws HostException if it could not be started
   */
  synchronized void start(List<Target> targets) throws HostException {
    lines = new Lines(targets, options);
    slot.start(() -> launch(lines));
  }

  private LineProcess launch(Lines next) throws HostException {
    Duration silence = TIMEOUT.plus(next.options.interval()).plusSeconds(2);
    boolean looksUp = !next.order.stream().allMatch(Target::isLiteral);
    return LineProcess.start(
        host,
        command(next.order, next.options),
        looksUp ? silence.plus(LineProcess.LOOK_UP) : silence,
        silence,
        next,
        clock);
  }

  @Override
  public synchronized void tend(Instant now) {
    if (slot.tend(now)) {
      lines.catchUp(now);
    }
  }

  @Override
  public synchronized void activate(List<Target> targets) {
    Lines next = new Lines(targets, options);
    lines = next;
    slot.replace(() -> launch(next));
  }

  @Override
  public synchronized void pace(Duration interval) {
    if (!interval.equals(options.interval())) {
      options = options.every(interval);
      activate(lines.order);
    }
  }

  @Override
  public synchronized boolean renew(List<Target> targets) {
    return targets.containsAll(lines.order) && slot.restart();
  }

  @Override
  public Optional<String> failure() {
    return slot.failure();
  }

  @Override
  public void close() {
    slot.close();
  }

  /** The command for these targets. */
  static Command command(List<Target> targets, EchoOptions options) {
    List<String> argv = new ArrayList<>(List.of("fping", "-l", "-D"));
    argv.addAll(List.of("-t", Long.toString(TIMEOUT.toMillis())));
    argv.addAll(List.of("-p", Long.toString(options.interval().toMillis())));
    argv.addAll(List.of("-i", Long.toString(stagger(targets, options).toMillis())));
    if (options.size() != 56) {
      argv.addAll(List.of("-b", Integer.toString(options.size())));
    }
    if (options.dscp() != 0) {
      // -O takes the whole octet; the code point is its upper six bits (RFC 2474).
      argv.addAll(List.of("-O", Integer.toString(options.dscp() << 2)));
    }
    if (!options.interfaceName().isEmpty()) {
      argv.addAll(List.of("-I", options.interfaceName()));
    }
    if (!options.source().isEmpty()) {
      argv.addAll(List.of("-S", options.source()));
    }
    targets.forEach(target -> argv.add(target.host()));
    return Command.of(argv);
  }

  /** Spreads the packets of one round over the period; fping accepts no less than 1 ms. */
  private static Duration stagger(List<Target> targets, EchoOptions options) {
    long millis = options.interval().toMillis() / targets.size();
    return Duration.ofMillis(Math.max(1, millis));
  }

  /** What fping's lines mean. */
  private final class Lines implements LineProcess.Listener {
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<Target, SendSchedule> schedules = new LinkedHashMap<>();
    private final Set<Target> withoutAddress = new HashSet<>();
    private final List<Target> order;
    private final EchoOptions options;
    private final Duration stagger;

    Lines(List<Target> active, EchoOptions options) {
      this.order = List.copyOf(active);
      this.options = options;
      stagger = active.isEmpty() ? options.interval() : stagger(active, options);
      active.forEach(target -> targets.put(target.host(), target));
    }

    @Override
    public synchronized void started() {
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
    synchronized void catchUp(Instant now) {
      schedules.forEach(
          (target, schedule) -> {
            long last = schedule.lastSent(now);
            for (long i = Math.max(0, windows.highest(target) + 1); i <= last; i++) {
              windows.sent(target, i, schedule.timeOf(i));
            }
          });
    }

    @Override
    public synchronized boolean line(String text, Instant at) {
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
        Instant sentAt = answered ? at : at.minus(TIMEOUT);
        schedule(sentAt.minus(options.interval().multipliedBy(line.index())));
      }
      if (!schedules.containsKey(target)) {
        return true;
      }
      if (line.kind() == FpingLine.Kind.REPLY) {
        Duration rtt = Duration.ofNanos(Math.max(0, line.rttNanos()));
        if (line.rttNanos() >= 0 && rtt.compareTo(TIMEOUT) <= 0) {
          observe(target, line.index(), at.minus(rtt));
        }
        // Before the answer: what was sent earlier may still be on its way.
        catchUp(at);
        windows.replied(target, line.index(), at, line.rttNanos());
      } else {
        observe(target, line.index(), at.minus(TIMEOUT));
        windows.sent(target, line.index(), at.minus(TIMEOUT));
        catchUp(at);
      }
      return true;
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

    /** A name without an address: fping goes on with the others, and never sends to it. */
    @Override
    public synchronized void error(String text) {
      for (Target target : order) {
        boolean unresolved =
            text.startsWith(target.host() + ": ")
                || text.startsWith(target.host() + " address not");
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
      String hosts = targets.keySet().stream().collect(Collectors.joining(" "));
      return EchoFailures.explain("fping", hosts, options, exitCode, stderr);
    }
  }
}
