package io.github.qosrl.probes.irtt;

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
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the lines of one {@code irtt client} mean for its target. They do not say when they were
 * printed; the period of the packets does, within the time between two readings. Thread-safe.
 */
final class IrttLines implements LineProcess.Listener {
  /** Of clocks further apart, irtt prints no more than tenths of seconds. */
  private static final double COARSEST = 10e-3;

  private static final Pattern INTERVAL = Pattern.compile("interval from \\S+ to (\\S+)");
  private static final Logger log = LoggerFactory.getLogger(IrttLines.class);

  private final Target target;
  private final EchoOptions options;
  private final EchoWindows windows;
  private final Set<String> warned = new HashSet<>();
  private final Supplier<Command> next;
  private Duration period;
  private @Nullable SendSchedule schedule;

  /** Everything that was printed until then has been read. */
  private Instant readUntil = Instant.MIN;

  private Instant reading = Instant.MIN;

  /**
   * @param next the command to start it again with
   */
  IrttLines(Target target, EchoOptions options, EchoWindows windows, Supplier<Command> next) {
    this.next = next;
    this.target = target;
    this.options = options;
    this.windows = windows;
    this.period = options.interval();
  }

  @Override
  public Command again(Command last) {
    return next.get();
  }

  @Override
  public synchronized void started() {
    windows.started(target);
    period = options.interval();
    schedule = null;
  }

  @Override
  public synchronized void tended(Instant now) {
    readUntil = now;
    if (schedule != null) {
      windows.sent(target, schedule, now);
    }
  }

  @Override
  public synchronized boolean line(String text, Instant at) {
    if (at.isAfter(reading)) {
      readUntil = reading.isAfter(readUntil) ? reading : readUntil;
      reading = at;
    }
    IrttLine line = IrttLine.parse(text);
    switch (line.kind()) {
      case CONNECTED -> schedule = new SendSchedule(at, period);
      case RESTRICTION -> restricted(line.text());
      case SENT_ALL -> schedule = null;
      case REPLY -> replied(line, at);
      case DUPLICATE -> windows.replied(target, line.sequence(), at, -1);
      case OTHER -> {}
    }
    return line.kind() != IrttLine.Kind.OTHER;
  }

  private void replied(IrttLine line, Instant at) {
    Duration rtt = Duration.ofNanos(line.rttNanos());
    Instant arrived = at;
    if (schedule != null) {
      arrived = schedule.arrival(line.sequence(), rtt, readUntil, at);
      // Before the answer: what was sent earlier may still be on its way.
      windows.sent(target, schedule, arrived);
    }
    Optional<OneWaySample> eachWay =
        line.eachWay().filter(sample -> sample.resolution() <= COARSEST);
    if (line.eachWay().isPresent() && eachWay.isEmpty()) {
      warn(
          "the clocks of this host and {} are more than 10 s apart, so irtt does not tell the"
              + " directions; to fix: let both follow a time server (NTP)",
          "");
    }
    windows.replied(target, line.sequence(), arrived, line.rttNanos(), eachWay);
  }

  private void restricted(String what) {
    Matcher interval = INTERVAL.matcher(what);
    if (interval.find()) {
      GoDuration.parse(interval.group(1))
          .ifPresent(nanos -> period = Duration.ofNanos(Math.max(1, nanos)));
    }
    if (!what.contains("duration")) { // A shorter session is followed by the next one.
      warn("the irtt server {} restricts the test: {}", what);
    }
  }

  private void warn(String message, String what) {
    if (warned.size() < 10 && warned.add(message + what)) {
      log.warn(message, target, what);
    }
  }

  /** A session is over. */
  @Override
  public boolean isDone(int exitCode) {
    return exitCode == 0;
  }

  @Override
  public String shown(Command command) {
    return command.argv().stream()
        .map(word -> word.startsWith(IrttSource.KEY) ? IrttSource.KEY + "…" : word)
        .collect(Collectors.joining(" "));
  }

  @Override
  public String explain(int exitCode, String stderr) {
    return EchoFailures.explain("irtt", target.host(), options, exitCode, stderr);
  }
}
