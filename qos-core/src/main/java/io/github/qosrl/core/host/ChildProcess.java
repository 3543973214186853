package io.github.qosrl.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process of this machine. */
final class ChildProcess extends GuardedProcess {
  private final Process process;
  private final Runnable release;

  /** What it had started when it was asked to end: once it has, nobody knows whose they are. */
  private volatile List<ProcessHandle> orphans = List.of();

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

  @Override
  protected void onExit(Runnable action) {
    process.onExit().thenRun(action);
  }

  @Override
  protected void terminate() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    descendants.forEach(ProcessHandle::destroy);
    orphans = descendants;
  }

  @Override
  protected void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    killSession();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    orphans.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Reaches what no list of descendants has: those whose parents have ended, and those that were
   * started while the list was made. The process leads its session, and so the group of all these.
   */
  private void killSession() {
    try {
      new ProcessBuilder("sh", "-c", "kill -s KILL -- \"-$0\"", Long.toString(pid()))
          .redirectErrorStream(true) // Nobody is left, mostly.
          .start()
          .onExit()
          .join();
    } catch (IOException e) {
      // The descendants that are known can be ended without a shell.
    }
  }

  @Override
  protected void release() {
    release.run();
  }
}
