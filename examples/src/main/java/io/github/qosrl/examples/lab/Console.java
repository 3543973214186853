package io.github.qosrl.examples.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream, read by a thread of its own: a read from a pipe cannot be interrupted, and
 * whoever waits here can. The thread ends with the stream.
 */
final class Console {
  private final InputStream stream;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private volatile boolean read;

  Console(InputStream stream) {
    this.stream = stream;
    Thread reader = new Thread(this::read, "qos-console");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // Closed from this side: nobody wants to know more.
    } finally {
      read = true;
    }
  }

  /** Whether all was read, and all that was read was taken. */
  boolean ended() {
    return read && lines.isEmpty();
  }

  /** The lines that came; waits a little for the first. */
  List<String> lines(Duration patience) throws InterruptedException {
    List<String> come = new ArrayList<>();
    @Nullable String first = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      come.add(first);
      lines.drainTo(come);
    }
    return come;
  }
}
