package io.github.qosrl.probes.record;

import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays what {@link RecordingProbe} recorded: each call returns the next measurement of the file,
 * as it was, with its own times. At the end of the recording {@link #measure} throws. Reads line by
 * line, so a recording may be of any length.
 */
public final class PlaybackProbe implements Probe {
  private final Path file;
  private final Set<Metric> metrics;
  private final BufferedReader reader;
  private long line;
  private boolean closed;

  private PlaybackProbe(Path file, Set<Metric> metrics, BufferedReader reader) {
    this.file = file;
    this.metrics = metrics;
    this.reader = reader;
  }

  /**
   * Opens a recording, and reads it through once to know its metrics.
   *
   * @throws InputFileException if it cannot be read, or a line is not a recorded measurement: says
   *     which
   */
  public static PlaybackProbe open(Path file) throws InputFileException {
    Set<Metric> metrics = new LinkedHashSet<>();
    try (PlaybackProbe probe = new PlaybackProbe(file, metrics, reader(file))) {
      for (Measurement m = probe.next(); m != null; m = probe.next()) {
        metrics.addAll(m.metrics());
      }
      return new PlaybackProbe(file, Set.copyOf(metrics), reader(file));
    } catch (IOException e) {
      throw InputFileException.unreadable("recording", file, e);
    } catch (ProbeException e) {
      throw new InputFileException(e.getMessage(), e);
    }
  }

  private static BufferedReader reader(Path file) throws IOException {
    return Files.newBufferedReader(file, StandardCharsets.UTF_8);
  }

  @Override
  public Set<Metric> metrics() {
    return metrics;
  }

  @Override
  public synchronized Measurement measure(Duration timeout)
      throws ProbeException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (closed) {
      throw new ProbeException("the playback of " + file + " is closed");
    }
    Measurement next;
    try {
      next = next();
    } catch (IOException e) {
      throw new ProbeException("cannot read the recording %s (%s)".formatted(file, e), e);
    }
    if (next == null) {
      throw new ProbeException(
          "the recording %s has ended after %d measurements".formatted(file, line));
    }
    return next;
  }

  private @Nullable Measurement next() throws IOException, ProbeException {
    String text = reader.readLine();
    if (text == null) {
      return null;
    }
    line++;
    try {
      return MeasurementJson.read(text);
    } catch (IllegalArgumentException e) {
      throw new ProbeException(
          "line %d of %s is not a recorded measurement (%s)".formatted(line, file, e.getMessage()),
          e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      reader.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
