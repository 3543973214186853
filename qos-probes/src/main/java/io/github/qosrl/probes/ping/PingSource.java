package io.github.qosrl.probes.ping;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.probes.EchoOptions;
import io.github.qosrl.probes.Target;
import io.github.qosrl.probes.internal.EchoBinding;
import io.github.qosrl.probes.internal.EchoFailures;
import io.github.qosrl.probes.internal.EchoSource;
import io.github.qosrl.probes.internal.EchoWindows;
import io.github.qosrl.probes.internal.LineProcess;
import io.github.qosrl.probes.internal.ProcessPerTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One long-lived ping per target. */
final class PingSource {
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(3);

  private PingSource() {}

  /**
   * Starts a ping for each target.
   *
   * @throws HostException if one could not be started
   */
  static EchoSource start(
      Host host,
      EchoBinding binding,
      MonotonicClock clock,
      EchoWindows windows,
      List<Target> targets)
      throws HostException {
    return ProcessPerTarget.start(
        targets,
        binding,
        last -> last.renewed(host),
        (target, bound) -> launch(host, target, bound, clock, windows));
  }

  private static LineProcess launch(
      Host host, Target target, EchoBinding bound, MonotonicClock clock, EchoWindows windows)
      throws HostException {
    Duration tenTimes = bound.options().interval().multipliedBy(10);
    Duration silence = tenTimes.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : tenTimes;
    return LineProcess.start(
        host,
        command(target, bound),
        target.isLiteral() ? silence : silence.plus(LineProcess.LOOK_UP),
        silence,
        new Lines(host, target, bound, windows),
        clock);
  }

  /** The command for one target. */
  static Command command(Target target, EchoBinding binding) {
    EchoOptions options = binding.options();
    List<String> argv = new ArrayList<>(List.of("ping", "-n", "-D", "-O"));
    argv.add("-i");
    argv.add(String.format(Locale.ROOT, "%.3f", options.interval().toNanos() * 1e-9));
    if (options.size() != EchoOptions.DEFAULT_SIZE) {
      argv.addAll(List.of("-s", Integer.toString(options.size())));
    }
    if (options.dscp() != 0) {
      // -Q takes the whole octet; the code point is its upper six bits (RFC 2474).
      argv.addAll(List.of("-Q", Integer.toString(options.dscp() << 2)));
    }
    for (String bound : List.of(options.interfaceName(), binding.source(target))) {
      if (!bound.isEmpty()) {
        argv.addAll(List.of("-I", bound));
      }
    }
    argv.add(target.host());
    return Command.of(argv);
  }

  /** What the lines of one ping mean for its target. */
  private record Lines(Host host, Target target, EchoBinding binding, EchoWindows windows)
      implements LineProcess.Listener {

    @Override
    public Command again(Command last) {
      return command(target, binding.renewed(host));
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
        case OUTSTANDING ->
            windows.sent(target, unwrap(line), at.minus(binding.options().interval()));
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
      return EchoFailures.explain("ping", target.host(), binding.options(), exitCode, stderr);
    }
  }
}
