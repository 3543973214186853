package io.github.qosrl.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteStreamHandler;
import org.apache.commons.exec.ProcessDestroyer;

/**
 * Starts one process through Commons Exec and hands its streams over as they are.
 *
 * <p>Commons Exec's own stream handler pumps, and polls standard input every 100 ms. This one does
 * nothing but keep the streams open, after the end of the process too, until whoever reads them is
 * done: Commons Exec closes them when {@link #stop} returns.
 */
final class Launch implements ExecuteStreamHandler, ExecuteResultHandler, ProcessDestroyer {
  private final CompletableFuture<Process> started = new CompletableFuture<>();
  private final CountDownLatch released = new CountDownLatch(1);

  private Launch() {}

  /**
   * Starts a process.
   *
   * @param argv the program's path and its arguments
   * @throws IOException if the system refused to
   */
  static ChildProcess start(List<String> argv, Map<String, String> environment) throws IOException {
    Launch launch = new Launch();
    DefaultExecutor executor =
        DefaultExecutor.builder()
            .setExecuteStreamHandler(launch)
            .setThreadFactory(task -> daemon(task, "qos-process-" + argv.get(0)))
            .get();
    executor.setExitValues(null);
    executor.setProcessDestroyer(launch);
    executor.execute(new ExactCommandLine(argv), environment, launch);
    return new ChildProcess(launch.process(), launch.released::countDown);
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private Process process() throws IOException {
    try {
      return started.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  @Override
  public boolean add(Process process) {
    return started.complete(process);
  }

  @Override
  public boolean remove(Process process) {
    return true;
  }

  @Override
  public int size() {
    return started.isDone() ? 1 : 0;
  }

  @Override
  public void onProcessComplete(int exitValue) {
    // Whoever holds the process asks it.
  }

  @Override
  public void onProcessFailed(ExecuteException e) {
    started.completeExceptionally(e.getCause() == null ? e : e.getCause());
  }

  @Override
  public void setProcessInputStream(OutputStream stdin) {
    // Handed over with the process.
  }

  @Override
  public void setProcessOutputStream(InputStream stdout) {
    // Handed over with the process.
  }

  @Override
  public void setProcessErrorStream(InputStream stderr) {
    // Handed over with the process.
  }

  @Override
  public void start() {
    // Nothing to pump.
  }

  @Override
  public void stop() throws IOException {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A command line that passes its arguments on as they are; the original trims them. */
  private static final class ExactCommandLine extends CommandLine {
    private final List<String> argv;

    ExactCommandLine(List<String> argv) {
      super(argv.get(0));
      this.argv = List.copyOf(argv);
    }

    @Override
    public String[] toStrings() {
      return argv.toArray(String[]::new);
    }
  }
}
