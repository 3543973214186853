package io.github.qosrl.probes.record;

import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Pace;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another probe whose measurements are also written to a file, one line of JSON each, for {@link
 * PlaybackProbe} to play. Owns the other probe.
 *
 * <p>What matters is the measuring: when the file cannot be written any more (a full disk), that is
 * logged once, recording ends, and measuring goes on.
 */
public final class RecordingProbe implements Probe {
  private static final Logger log = LoggerFactory.getLogger(RecordingProbe.class);

  private final Probe probe;
  private final Path file;
  private final BufferedWriter writer;
  private boolean recording = true;

  private RecordingProbe(Probe probe, Path file, BufferedWriter writer) {
    this.probe = probe;
    this.file = file;
    this.writer = writer;
  }

  /**
   * Starts recording.
   *
   * @param probe is closed with this one
   * @param file written anew
   * @throws ProbeException if the file cannot be written; the other probe stays open
   */
  public static RecordingProbe open(Probe probe, Path file) throws ProbeException {
    try {
      return new RecordingProbe(probe, file, Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ProbeException(
          "cannot record to %s (%s); to fix: name a file that can be written".formatted(file, e),
          e);
    }
  }

  @Override
  public Set<Metric> metrics() {
    return probe.metrics();
  }

  @Override
  public Duration pace(Pace pace) {
    return probe.pace(pace);
  }

  @Override
  public Measurement measure(Duration timeout) throws ProbeException, InterruptedException {
    Measurement measurement = probe.measure(timeout);
    record(measurement);
    return measurement;
  }

  private synchronized void record(Measurement measurement) {
    if (!recording) {
      return;
    }
    try {
      writer.write(MeasurementJson.write(measurement));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      recording = false;
      log.warn("recording to {} ended ({}); measuring goes on", file, e.toString());
    }
  }

  @Override
  public synchronized void close() {
    recording = false;
    try {
      probe.close();
    } finally {
      try {
        writer.close();
      } catch (IOException e) {
        log.warn("closing {} failed: {}", file, e.toString());
      }
    }
  }
}
