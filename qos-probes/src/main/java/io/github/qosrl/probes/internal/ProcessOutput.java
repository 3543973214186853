package io.github.qosrl.probes.internal;

import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.host.HostProcess;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one run of a process prints. It is read when somebody wants to know, everything there is at
 * once: to wake a thread for each line would cost several times what the line itself does.
 * Thread-safe.
 */
final class ProcessOutput {
  /** More lines in a second than any probe prints at its highest rate. */
  static final int FLOOD = 5_000;

  /** Who is told the lines; by whichever thread reads, one at a time. */
  interface Listener {
    /**
     * A line of standard output.
     *
     * @param at when it was printed
     */
    void line(String text, Instant at);

    /** A line of standard error. */
    void error(String text);
  }

  private final InputStream out;
  private final InputStream err;
  private final Listener listener;
  private final MonotonicClock clock;
  private final PrintTimes times;
  private final List<String> fresh = new ArrayList<>();
  private final LineSplitter lines = new LineSplitter(fresh::add);
  private final LineSplitter errors = new LineSplitter(this::onError);
  private final byte[] buffer = new byte[8192];
  private long second;
  private int linesInSecond;
  private long errorsReadIn = -1;
  private volatile boolean flooded;
  private boolean ended;

  ProcessOutput(HostProcess process, Listener listener, MonotonicClock clock) {
    this.out = process.stdout();
    this.err = process.stderr();
    this.listener = listener;
    this.clock = clock;
    this.times = new PrintTimes(clock.now());
  }

  /** Whether it prints more than anybody can want to read; nothing more of it is read then. */
  boolean flooded() {
    return flooded;
  }

  /**
   * Reads what is there, and returns at once. Of standard error, which is mostly empty, once a
   * second.
   *
   * @param errorsToo whether standard error is read in any case
   */
  synchronized void read(boolean errorsToo) {
    if (ended) {
      return;
    }
    try {
      long now = clock.now().getEpochSecond();
      if (errorsToo || now != errorsReadIn) {
        errorsReadIn = now;
        readErrors();
      }
      readLines();
      tell();
    } catch (IOException e) {
      // It is being closed.
      ended = true;
    }
  }

  /**
   * Reads on to the end of a process that has ended.
   *
   * @throws IOException if the streams have been closed
   */
  void readToEnd() throws IOException {
    read(true);
    // A child of it may hold the pipe open: nobody must wait for that with us.
    synchronized (this) {
      ended = true;
    }
    try (out;
        err) {
      while (!flooded && read(out, lines) >= 0) {
        // All lines are told together.
      }
      tell();
      readErrors();
      errors.end();
    }
  }

  private void readLines() throws IOException {
    // What does not fill the buffer was all there is: that saves asking.
    int n = buffer.length;
    while (!flooded && n == buffer.length && out.available() > 0) {
      n = read(out, lines);
    }
  }

  private int read(InputStream in, LineSplitter into) throws IOException {
    int n = in.read(buffer);
    if (n > 0) {
      into.feed(buffer, n);
      count(fresh.size());
    }
    return n;
  }

  private void readErrors() throws IOException {
    while (!flooded && err.available() > 0) {
      read(err, errors);
    }
  }

  private void onError(String line) {
    linesInSecond++;
    listener.error(line);
  }

  private void tell() {
    if (fresh.isEmpty()) {
      return;
    }
    linesInSecond += fresh.size();
    times.read(fresh, clock.now());
    fresh.forEach(line -> listener.line(line, times.of(line)));
    fresh.clear();
  }

  private void count(int more) {
    long now = clock.now().getEpochSecond();
    if (now != second) {
      second = now;
      linesInSecond = 0;
    }
    flooded = linesInSecond + more > FLOOD;
  }
}
