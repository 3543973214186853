package io.github.qosrl.core.host;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A long-lived process on a host. The streams are the process's own: nothing is buffered or pumped
 * between. Whoever started it reads both output streams, or the process stalls when a pipe is full.
 *
 * <p>Thread-safe, the streams excepted.
 */
public interface HostProcess extends AutoCloseable {

  /** What the process reads. */
  OutputStream stdin();

  /** What it prints. */
  InputStream stdout();

  /** What it prints on standard error. */
  InputStream stderr();

  /** Its process id on the host. */
  long pid();

  /** Whether it still runs. */
  boolean alive();

  /** Its exit code, once it ended. */
  OptionalInt exitCode();

  /**
   * Waits for its end.
   *
   * @return whether it ended in time
   * @throws InterruptedException if the thread was interrupted
   */
  boolean waitFor(Duration timeout) throws InterruptedException;

  /** Ends it: closes its input, then SIGTERM, then SIGKILL, and reaps it. Idempotent. */
  @Override
  void close();
}
