package io.github.qosrl.probes.capture;

import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.MonotonicClock;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.probes.packet.PcapCursor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Reads a pcap file as {@link CaptureProbe} reads an interface: each call returns the next window
 * of the capture, by the packets' own times. After the last one {@link #measure} throws.
 */
public final class ReplayProbe implements Probe {
  private final Path file;
  private final Duration length;
  private final InputStream in;
  private final PcapCursor records;
  private final Traffic traffic;
  private boolean hasNext;
  private Instant from;
  private boolean closed;

  private ReplayProbe(
      Path file, Duration length, InputStream in, PcapCursor records, Traffic traffic)
      throws IOException {
    this.file = file;
    this.length = length;
    this.in = in;
    this.records = records;
    this.traffic = traffic;
    this.hasNext = next();
    this.from = hasNext ? time() : Instant.EPOCH;
  }

  /**
   * Opens a capture.
   *
   * @param host where names are looked up, if they are; stays the property of the caller
   * @param length of each window; positive
   * @throws InputFileException if the file, or the table of services, cannot be read, or is not one
   */
  public static ReplayProbe open(Host host, Path file, Duration length, CaptureOptions options)
      throws InputFileException {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("window " + length + " is not positive");
    }
    Traffic traffic = Traffic.of(host, options, LocalAddresses.unknown(), MonotonicClock.system());
    InputStream in = null;
    try {
      in = Files.newInputStream(file);
      return new ReplayProbe(file, length, in, new PcapCursor(), traffic);
    } catch (IOException e) {
      closeQuietly(in);
      throw InputFileException.unreadable("capture", file, e);
    }
  }

  private Instant time() {
    return Instant.ofEpochSecond(0, records.time());
  }

  /** Goes on to the next packet; says whether there is one. */
  private boolean next() throws IOException {
    while (!records.next()) {
      if (records.fill(in) < 0) {
        if (!records.begun()) {
          throw new EOFException("no pcap header: the stream ends before it does");
        }
        return false;
      }
    }
    return true;
  }

  @Override
  public Set<Metric> metrics() {
    return traffic.window.metrics();
  }

  @Override
  public synchronized Measurement measure(Duration timeout)
      throws ProbeException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (closed) {
      throw new ProbeException("the replay of " + file + " is closed");
    }
    if (!hasNext) {
      throw new ProbeException("the capture " + file + " has ended");
    }
    Instant to = from.plus(length);
    try {
      // A packet that is dated before the window belongs to a clock that was set back: counts now.
      while (hasNext && time().isBefore(to)) {
        traffic.add(records);
        hasNext = next();
      }
    } catch (IOException e) {
      hasNext = false;
      throw new ProbeException("cannot read on in %s: %s".formatted(file, e.getMessage()), e);
    }
    Measurement measurement = traffic.window.take(from, to);
    from = to;
    return measurement;
  }

  @Override
  public synchronized void close() {
    closed = true;
    traffic.close();
    closeQuietly(in);
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable InputStream in) {
    if (in != null) {
      try {
        in.close();
      } catch (IOException e) {
        // It was only read.
      }
    }
  }
}
