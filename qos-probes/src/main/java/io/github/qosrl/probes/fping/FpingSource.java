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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One fping for all active targets. */
final class FpingSource implements EchoSource {
  /**
   * How long fping itself waits for an answer. Its default, 500 ms, makes answers vanish exactly
   * when delay is worst; this module decides by itself what is late and what is lost.
   */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Host host;
  private final FpingMode mode;
  private final EchoBinding binding;
  private final EchoOptions options;
  private final EchoWindows windows;
  private final MonotonicClock clock;
  private @Nullable LineProcess process;
  private @Nullable FpingLines lines;
  private @Nullable String notStarted;
  private boolean closed;

  FpingSource(
      Host host, FpingMode mode, EchoBinding binding, EchoWindows windows, MonotonicClock clock) {
    this.host = host;
    this.mode = mode;
    this.binding = binding;
    this.options = binding.options();
    this.windows = windows;
    this.clock = clock;
  }

  /**
   * Starts the process.
   *
   * @return this
   * @throws HostException if it could not be started
   */
  synchronized FpingSource start(List<Target> targets) throws HostException {
    FpingLines next =
        new FpingLines(
            options, windows, clock, targets, () -> command(mode, targets, binding.renewed(host)));
    Duration silence = TIMEOUT.plus(options.interval()).plusSeconds(2);
    boolean looksUp = !targets.stream().allMatch(Target::isLiteral);
    process =
        LineProcess.start(
            host,
            command(mode, targets, binding),
            looksUp ? silence.plus(LineProcess.LOOK_UP) : silence,
            silence,
            next,
            clock);
    lines = next;
    return this;
  }

  @Override
  public synchronized void tend(Instant now) {
    if (process != null) {
      process.tend(now);
    }
  }

  @Override
  public synchronized void activate(List<Target> targets) {
    if (closed) {
      return;
    }
    if (process != null) {
      process.closeLater();
      process = null;
    }
    notStarted = null;
    try {
      start(targets);
    } catch (HostException e) {
      notStarted = String.valueOf(e.getMessage());
    }
  }

  @Override
  public synchronized boolean renew(List<Target> targets) {
    if (process == null || lines == null || !targets.containsAll(lines.active())) {
      return false;
    }
    process.restart();
    return true;
  }

  @Override
  public synchronized Optional<String> failure() {
    if (process == null) {
      return Optional.ofNullable(notStarted);
    }
    Optional<String> unbound = lines == null ? Optional.empty() : lines.unbound();
    return unbound.or(process::failure);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      process.close();
    }
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
