package io.github.qosrl.core.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One command's run: feeds it its input, collects its output, and ends it when time is up. */
final class Conversation {
  /** For output that a grandchild still writes when the command itself has ended. */
  private static final Duration TAIL_GRACE = Duration.ofMillis(500);

  private final Command command;
  private final GuardedProcess process;
  private final Collector stdout;
  private final Collector stderr;

  Conversation(Command command, GuardedProcess process) {
    this.command = command;
    this.process = process;
    this.stdout = new Collector(process.stdout());
    this.stderr = new Collector(process.stderr());
  }

  /**
   * Runs it to the end.
   *
   * @throws HostException if it took longer than its timeout
   */
  CommandResult run() throws HostException, InterruptedException {
    Thread out = Launch.daemon(stdout, "qos-stdout-" + process.pid());
    Thread err = Launch.daemon(stderr, "qos-stderr-" + process.pid());
    out.start();
    err.start();
    feed();
    try {
      if (!process.waitFor(command.timeout())) {
        throw new HostException(
            HostException.Kind.TIMED_OUT,
            "'%s' did not end within %s and was killed%s"
                .formatted(command, text(command.timeout()), tail()));
      }
    } finally {
      if (process.alive()) {
        process.kill();
      }
    }
    out.join(TAIL_GRACE.toMillis());
    err.join(TAIL_GRACE.toMillis());
    return new CommandResult(
        command, process.exitCode().orElseThrow(), stdout.text(), stderr.text());
  }

  private void feed() {
    if (command.input().isEmpty()) {
      write();
    } else {
      // A command that does not read must not keep its caller from noticing the timeout.
      Launch.daemon(this::write, "qos-stdin-" + process.pid()).start();
    }
  }

  private void write() {
    try (OutputStream stdin = process.stdin()) {
      stdin.write(command.input().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended, or closed its input, without reading all: its exit code tells.
    }
  }

  private String tail() {
    String text = stderr.text().strip();
    return text.isEmpty() ? "" : "; its last words: " + HostException.tail(text);
  }

  private static String text(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** Reads a stream to its end and keeps its beginning. */
  private static final class Collector implements Runnable {
    private static final int LIMIT = 16 << 20;

    private final InputStream in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Collector(InputStream in) {
      this.in = in;
    }

    @Override
    public void run() {
      byte[] chunk = new byte[8192];
      try {
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          synchronized (kept) {
            kept.write(chunk, 0, Math.min(n, LIMIT - kept.size()));
          }
        }
      } catch (IOException e) {
        // The process is gone: what came is what there is.
      }
    }

    String text() {
      synchronized (kept) {
        return kept.toString(StandardCharsets.UTF_8);
      }
    }
  }
}
