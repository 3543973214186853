package io.github.qosrl.core.host;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process of a {@link GuardedHost}: how it is ended, step by step. Its heirs say what each step
 * is on their kind of host. Thread-safe, the streams excepted.
 */
public abstract class GuardedProcess implements HostProcess {
  /** For what ends at the end of its input, such as {@code tc -batch -}. */
  private static final Duration INPUT_GRACE = Duration.ofMillis(150);

  private static final Duration TERM_GRACE = Duration.ofSeconds(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  /** A process that was started a moment ago. */
  protected GuardedProcess() {}

  /**
   * Lets it become the command, if it waits for that: the shell that would end it knows of it now.
   *
   * @throws IOException if it is out of reach
   */
  protected void proceed() throws IOException {}

  /** Asks it and all that it started to end: SIGTERM. Returns at once. */
  protected abstract void terminate();

  /** Ends it, and what is left of all that it started: SIGKILL. Returns at once. */
  protected abstract void kill();

  /** Whether it is no longer in reach, so that its end is not known; it counts as not alive. */
  protected boolean isCutOff() {
    return false;
  }

  /** Lets go of the streams; nobody reads what is left in them. */
  protected abstract void release();

  /** Has an action run once the process has ended, on some other thread. */
  protected abstract void onExit(Runnable action);

  @Override
  public final void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (alive()) {
      end();
    }
    release();
  }

  private void end() {
    boolean interrupted = false;
    // On a thread of its own: closing waits for a write in progress, which may never return.
    Launch.daemon(this::closeInput, "qos-close-" + pid()).start();
    try {
      if (!waitFor(INPUT_GRACE)) {
        terminate();
        waitFor(TERM_GRACE);
        kill();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      kill();
    }
    if (alive()) {
      interrupted |= reap();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end of a killed process; it is soon there, unless the kernel hangs in it. */
  private boolean reap() {
    try {
      waitFor(TERM_GRACE);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void closeInput() {
    try {
      stdin().close();
    } catch (IOException e) {
      // It no longer reads: just as well.
    }
  }
}
