package io.github.qosrl.probes.fping;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import io.github.qosrl.probes.internal.EchoSource;
import io.github.qosrl.probes.internal.EchoWindows;
import io.github.qosrl.probes.internal.LineProcess;
import io.github.qosrl.probes.internal.ProcessSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One fping for all active targets. */
final class FpingSource implements EchoSource {
  /**
   * How long fping itself waits for an answer. Its default, 500 ms, makes answers vanish exactly
   * when delay is worst; this module decides by itself what is late and what is lost.
   */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Host host;
  private final FpingMode mode;
  private final EchoWindows windows;
  private final MonotonicClock clock;
  private final ProcessSlot slot = new ProcessSlot();
  private EchoBinding binding;
  private FpingLines lines;

  /**
   * @param targets whom to probe at first
   */
  FpingSource(
      Host host,
      FpingMode mode,
      EchoBinding binding,
      EchoWindows windows,
      MonotonicClock clock,
      List<Target> targets) {
    this.host = host;
    this.mode = mode;
    this.binding = binding;
    this.windows = windows;
    this.clock = clock;
    this.lines = lines(targets, binding);
  }

  private FpingLines lines(List<Target> targets, EchoBinding bound) {
    return new FpingLines(
        bound.options(),
        windows,
        clock,
        targets,
        () -> command(mode, targets, bound.renewed(host)));
  }

  /**
   * Starts the process.
   *
   * @return this
   * @throws HostException if it could not be started
   */
  synchronized FpingSource start() throws HostException {
    slot.start(() -> launch(lines, binding));
    return this;
  }

  private LineProcess launch(FpingLines next, EchoBinding bound) throws HostException {
    Duration silence = TIMEOUT.plus(bound.options().interval()).plusSeconds(2);
    boolean looksUp = !next.active().stream().allMatch(Target::isLiteral);
    return LineProcess.start(
        host,
        command(mode, next.active(), bound),
        looksUp ? silence.plus(LineProcess.LOOK_UP) : silence,
        silence,
        next,
        clock);
  }

  @Override
  public void tend(Instant now) {
    slot.tend(now);
  }

  @Override
  public synchronized void activate(List<Target> targets) {
    EchoBinding present = binding;
    FpingLines next = lines(targets, present);
    lines = next;
    slot.replace(() -> launch(next, present.renewed(host)));
  }

  @Override
  public synchronized void pace(Duration interval) {
    if (!interval.equals(binding.options().interval())) {
      binding = binding.every(interval);
      activate(lines.active());
    }
  }

  @Override
  public synchronized boolean renew(List<Target> targets) {
    return targets.containsAll(lines.active()) && slot.restart();
  }

  @Override
  public synchronized Optional<String> failure() {
    return lines.unbound().or(slot::failure);
  }

  @Override
  public void close() {
    slot.close();
  }

  /** The command for these targets. */
  static Command command(FpingMode mode, List<Target> targets, EchoBinding binding) {
    EchoOptions options = binding.options();
    List<String> argv = new ArrayList<>(List.of("fping", "-l", "-D"));
    if (mode == FpingMode.TIMESTAMP) {
      argv.add("--icmp-timestamp");
    }
    argv.addAll(List.of("-t", Long.toString(TIMEOUT.toMillis())));
    argv.addAll(List.of("-p", Long.toString(options.interval().toMillis())));
    argv.addAll(List.of("-i", Long.toString(stagger(targets, options).toMillis())));
    if (options.size() != EchoOptions.DEFAULT_SIZE) {
      argv.addAll(List.of("-b", Integer.toString(options.size())));
    }
    if (options.dscp() != 0) {
      // -O takes the whole octet; the code point is its upper six bits (RFC 2474).
      argv.addAll(List.of("-O", Integer.toString(options.dscp() << 2)));
    }
    if (!options.interfaceName().isEmpty()) {
      argv.addAll(List.of("-I", options.interfaceName()));
    }
    binding.sources().forEach(source -> argv.addAll(List.of("-S", source)));
    targets.forEach(target -> argv.add(target.host()));
    return Command.of(argv);
  }

  /** Spreads the packets of one round over the period; fping accepts no less than 1 ms. */
  static Duration stagger(List<Target> targets, EchoOptions options) {
    long millis = options.interval().toMillis() / targets.size();
    return Duration.ofMillis(Math.max(1, millis));
  }
}
