package io.github.qosrl.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process of this machine. */
final class ChildProcess implements HostProcess {
  /** For what ends at the end of its input, such as {@code tc -batch -}. */
  private static final Duration INPUT_GRACE = Duration.ofMillis(150);

  private static final Duration TERM_GRACE = Duration.ofSeconds(1);

  private final Process process;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param release lets the streams be closed
   */
  ChildProcess(Process process, Runnable release) {
    this.process = process;
    this.release = release;
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  @Override
  public InputStream stdout() {
    return process.getInputStream();
  }

  @Override
  public InputStream stderr() {
    return process.getErrorStream();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  @Override
  public boolean waitFor(Duration timeout) throws InterruptedException {
    return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Has an action run once the process has ended, on some other thread. */
  void onExit(Runnable action) {
    process.onExit().thenRun(action);
  }

  /** Ends it and all that it started, at once. */
  void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (process.isAlive()) {
      end();
    }
    release.run();
  }

  private void end() {
    boolean interrupted = false;
    // On a thread of its own: closing waits for a write in progress, which may never return.
    Launch.daemon(this::closeInput, "qos-close-" + pid()).start();
    try {
      if (!waitFor(INPUT_GRACE)) {
        terminate();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (process.isAlive()) {
      kill();
      interrupted |= reap();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void terminate() throws InterruptedException {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    descendants.forEach(ProcessHandle::destroy);
    if (waitFor(TERM_GRACE)) {
      descendants.forEach(ProcessHandle::destroyForcibly);
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
      process.getOutputStream().close();
    } catch (IOException e) {
      // It no longer reads: just as well.
    }
  }
}
