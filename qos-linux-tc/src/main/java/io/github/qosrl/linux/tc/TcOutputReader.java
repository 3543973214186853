package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.HostProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads both output streams of a {@code tc} process, line by line, in the order in which they come
 * in. Two daemon threads read; they end with the process.
 */
final class TcOutputReader {

  /**
   * One line of output.
   *
   * @param error whether it came on standard error
   * @param text the line without its end; null at the end of the stream
   */
  record Line(boolean error, @Nullable String text) {}

  private final String host;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private String lastError = "";

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
        lines.add(new Line(error, line));
      }
    } catch (IOException e) {
      // The process was closed: its end is what counts.
    }
    lines.add(new Line(error, null));
  }

  /**
   * The next line of either stream.
   *
   * @throws TcException if the process ended, or nothing came in time
   */
  Line next(Duration silence) throws TcException, InterruptedException {
    Line line = lines.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
    if (line == null) {
      throw new TcException(
          "tc on %s gave no answer for %d s".formatted(host, silence.toSeconds()), true);
    }
    String text = line.text();
    if (text == null) {
      throw new TcException(
          "tc on %s ended%s".formatted(host, lastError.isEmpty() ? "" : ": " + lastError), true);
    }
    if (line.error()) {
      lastError = text;
    }
    return line;
  }
}
