package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.HostProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads both output streams of a {@code tc} process, line by line, in the order in which they come
 * in. Two daemon threads read; they end with the process. Who waits for an answer is woken once,
 * when it is complete: to wake somebody costs as much as to read several lines.
 */
final class TcOutputReader {

  /**
   * One line of output.
   *
   * @param error whether it came on standard error
   * @param text the line without its end
   */
  record Line(boolean error, String text) {}

  private final String host;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /** Lines that came while nobody waited for any. */
  private final Queue<Line> early = new ArrayDeque<>();

  private @Nullable TcTranscript awaited;
  private String lastError = "";
  private long lines;
  private boolean ended;

  TcOutputReader(String host, HostProcess process) {
    this.host = host;
    pump(process.stdout(), false, process.pid());
    pump(process.stderr(), true, process.pid());
  }

  private void pump(InputStream from, boolean error, long pid) {
    Thread thread = new Thread(() -> read(from, error), "tc-" + pid + (error ? "-err" : "-out"));
    thread.setDaemon(true);
    thread.start();
  }

  private void read(InputStream from, boolean error) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        take(new Line(error, line));
      }
    } catch (IOException e) {
      // The process was closed: its end is what counts.
    }
    lock.lock();
    try {
      ended = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void take(Line line) {
    lock.lock();
    try {
      lines++;
      lastError = line.error() ? line.text() : lastError;
      if (awaited == null) {
        early.add(line);
        return;
      }
      awaited.accept(line);
      if (awaited.complete()) {
        awaited = null;
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands lines over to a transcript until it is complete.
   *
   * @param silence the longest that no line may come
   * @throws TcException if the process ended, or nothing came in time
   */
  void await(TcTranscript transcript, Duration silence) throws TcException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!transcript.complete() && !early.isEmpty()) {
        transcript.accept(early.remove());
      }
      awaited = transcript.complete() ? null : transcript;
      while (!transcript.complete()) {
        if (ended) {
          throw new TcException(
              "tc on %s ended%s".formatted(host, lastError.isEmpty() ? "" : ": " + lastError),
              true);
        }
        long before = lines;
        if (news.awaitNanos(silence.toNanos()) <= 0 && lines == before) {
          throw new TcException(
              "tc on %s gave no answer for %d s".formatted(host, silence.toSeconds()), true);
        }
      }
    } finally {
      awaited = null;
      lock.unlock();
    }
  }
}
