package io.github.qosrl.probes.internal;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that prints lines for as long as it is wanted: read whenever somebody {@link #tend}s
 * it, once a second at least, and started again with back-off when it dies, falls silent or floods
 * its output. Thread-safe.
 */
public final class LineProcess implements AutoCloseable {
  static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A process that ran this long was well: the next pause is the first again. */
  static final Duration WELL = Duration.ofSeconds(10);

  /** How long it goes unread if nobody tends it: a pipe has room for half a minute of replies. */
  private static final Duration READ_ANYWAY = Duration.ofSeconds(1);

  /** What a process may take to look up a name before it prints anything. */
  public static final Duration LOOK_UP = Duration.ofSeconds(30);

  private static final int STRANGE_LINES = 20;
  private static final Logger log = LoggerFactory.getLogger(LineProcess.class);

  /** What becomes of the lines. Called by whichever thread reads, by one at a time. */
  public interface Listener {
    /** The process was started, for the first time or again. */
    default void started() {}

    /**
     * A line of standard output.
     *
     * @param at when it was printed
     * @return whether it was understood
     */
    boolean line(String text, Instant at);

    /** The command to start it again with, for what may have changed since the last start. */
    default Command again(Command last) {
      return last;
    }

    /** A line of standard error. */
    default void error(String text) {}

    /** All that was printed by now has been read, and nothing is known to be wrong. */
    default void tended(Instant now) {}

    /** Whether one that ends so has done its part: then the next is started at once. */
    default boolean isDone(int exitCode) {
      return false;
    }

    /** The command in messages: without what must not be told. */
    default String shown(Command command) {
      return command.toString();
    }

    /** In words for a user: why the process ended, and what to do. */
    String explain(int exitCode, String stderr);
  }

  private final Host host;
  private volatile Command command;
  private final String shown;
  private final Duration firstSilence;
  private final Duration silence;
  private final Listener listener;
  private final MonotonicClock clock;
  private final Thread thread;
  private final StringBuilder stderr = new StringBuilder();
  private final ProcessOutput.Listener lines =
      new ProcessOutput.Listener() {
        @Override
        public void line(String text, Instant at) {
          onLine(text, at);
        }

        @Override
        public void error(String text) {
          onError(text);
        }
      };

  /** Held while a line is told. */
  private final Object telling = new Object();

  private volatile HostProcess process;
  private volatile ProcessOutput output;
  private volatile @Nullable String failure;
  private volatile Instant lastOutput;
  private volatile boolean closed;
  private volatile boolean hung;
  private volatile boolean restart;
  private int strange;
  private volatile boolean understood;

  private LineProcess(
      Host host,
      Command command,
      Duration firstSilence,
      Duration silence,
      Listener listener,
      MonotonicClock clock)
      throws HostException {
    this.host = host;
    this.command = command;
    this.shown = listener.shown(command);
    this.firstSilence = firstSilence;
    this.silence = silence;
    this.listener = listener;
    this.clock = clock;
    this.lastOutput = clock.now();
    this.process = host.start(command);
    this.output = new ProcessOutput(process, lines, clock);
    this.thread = new Thread(this::run, "qos-" + command.program() + "-" + process.pid());
    thread.setDaemon(true);
  }

  /**
   * Starts it.
   *
   * @param firstSilence the longest that it may take to print a first line that is understood
   * @param silence the longest that it may print nothing later
   * @throws HostException if the process cannot be started even once
   */
  public static LineProcess start(
      Host host,
      Command command,
      Duration firstSilence,
      Duration silence,
      Listener listener,
      MonotonicClock clock)
      throws HostException {
    LineProcess started = new LineProcess(host, command, firstSilence, silence, listener, clock);
    listener.started();
    started.thread.start();
    return started;
  }

  /** Why it does not print what it should; empty while all is well. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Reads what it has printed; ends it if it has been silent for too long, to start it again. */
  public void tend(Instant now) {
    HostProcess current = process;
    output.read(!understood);
    Duration allowed = understood ? silence : firstSilence;
    if (!hung && current.alive() && Duration.between(lastOutput, now).compareTo(allowed) > 0) {
      hung = true;
      failure =
          "'%s' has printed nothing for %d ms and is started again"
              .formatted(shown, Duration.between(lastOutput, now).toMillis());
      closeLater(current);
    }
    if (failure == null) {
      listener.tended(now);
    }
  }

  /** Ends it and starts it again at once, even if it waits for its next try. Does not block. */
  public void restart() {
    restart = true;
    hung = true;
    closeLater(process);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    boolean running = true;
    try {
      while (!closed) {
        Instant started = clock.now();
        if (running) {
          readToEnd(process);
        }
        if (!closed) {
          boolean well = understood && Duration.between(started, clock.now()).compareTo(WELL) >= 0;
          pause = well ? FIRST_PAUSE : pause;
          boolean asked = rest(pause);
          pause = asked ? FIRST_PAUSE : longer(pause);
          running = startAgain();
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
    } finally {
      process.close();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /**
   * Waits before the next start.
   *
   * @return whether the wait was cut short, because a start is asked for
   */
  private boolean rest(Duration pause) throws InterruptedException {
    Instant end = clock.now().plus(pause);
    while (!restart && clock.now().isBefore(end)) {
      Instant soon = clock.now().plus(FIRST_PAUSE);
      clock.sleepUntil(soon.isBefore(end) ? soon : end);
    }
    return restart;
  }

  private boolean startAgain() {
    restart = false;
    try {
      command = listener.again(command);
      HostProcess next = host.start(command);
      lastOutput = clock.now();
      hung = restart;
      process = next;
      begin(next);
      if (closed || restart) {
        next.close();
      }
      return true;
    } catch (HostException e) {
      failure = e.getMessage();
      return false;
    }
  }

  private void begin(HostProcess next) {
    understood = false;
    strange = 0;
    stderr.setLength(0);
    synchronized (telling) {
      if (!closed) {
        listener.started();
      }
    }
    output = new ProcessOutput(next, lines, clock);
  }

  private void readToEnd(HostProcess current) throws InterruptedException {
    ProcessOutput printed = output;
    try {
      while (!printed.flooded() && !current.waitFor(READ_ANYWAY)) {
        printed.read(true);
      }
      if (!printed.flooded()) {
        printed.readToEnd();
      }
    } catch (IOException e) {
      log.debug("reading from {} failed", shown, e);
    }
    if (printed.flooded()) {
      current.close();
      failure = "'%s' floods its output and is started again".formatted(shown);
    } else if (!closed && !hung) {
      current.close();
      int exitCode = current.exitCode().orElse(-1);
      if (listener.isDone(exitCode)) {
        restart = true;
      } else {
        failure = listener.explain(exitCode, stderr.toString().strip());
        log.info("{} ended: {}", shown, failure);
      }
    }
  }

  private void onLine(String line, Instant at) {
    synchronized (telling) {
      if (!closed) {
        tell(line, at);
      }
    }
  }

  private void tell(String line, Instant at) {
    lastOutput = clock.now();
    if (listener.line(line, at)) {
      understood = true;
      failure = null;
    } else if (!understood && !line.isBlank() && ++strange == STRANGE_LINES) {
      failure =
          "'%s' prints what cannot be understood ('%s'); is this %s another program of that name?"
              .formatted(shown, line, command.program());
    }
  }

  private void onError(String line) {
    synchronized (telling) {
      if (!closed) {
        tellError(line);
      }
    }
  }

  private void tellError(String line) {
    lastOutput = clock.now();
    if (stderr.length() < 2000) {
      stderr.append(line).append('\n');
    }
    listener.error(line);
  }

  /** Ending a process may take its time; whoever measures does not wait for it. */
  private static void closeLater(HostProcess process) {
    Thread closer = new Thread(process::close, "qos-close-" + process.pid());
    closer.setDaemon(true);
    closer.start();
  }

  /** Ends it, without waiting for that. No line is told any more. */
  public void closeLater() {
    synchronized (telling) {
      closed = true;
    }
    closeLater(process);
    thread.interrupt();
  }

  @Override
  public void close() {
    closed = true;
    process.close();
    thread.interrupt();
    try {
      thread.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
