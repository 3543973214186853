package io.github.qosrl.core.record;

import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes all that a control loop saw and did, one JSON object a line (jsonlines.org). {@link
 * RunLog} reads it back, without loss.
 *
 * <p>Every line has a {@code type}:
 *
 * <ul>
 *   <li>{@code start}: {@code version} of this format, 1, and {@code first}, an observation;
 *   <li>{@code tick}: {@code tick}, its number; {@code proposed} and {@code applied}, plans; {@code
 *       reward}; {@code terminated}, {@code truncated} and {@code fallback}, if true; {@code
 *       decision}, seconds; {@code after}, the observation at its end; and {@code before}, the one
 *       at its start, if that is not the {@code after} or {@code first} of the line before;
 *   <li>{@code event}: {@code time}, {@code kind}, {@code message};
 *   <li>{@code stop}: {@code cause}, if there is one.
 * </ul>
 *
 * <p>An observation has its {@code time}, {@code plan}, {@code measurements} and {@code state},
 * what was believed of the link: for each direction {@code queue}, {@code departures} and {@code
 * capacity} ({@code value} in SI units, {@code source}, {@code age} in seconds, {@code certainty};
 * left out if unknown), {@code limit}, {@code shaper} and {@code coverage}. A measurement has
 * {@code from}, {@code to}, {@code metrics} (values by text form, in SI units) and {@code delays}
 * ({@code target}, {@code at}, {@code rtt} in seconds); a plan has the limits of {@code download}
 * and {@code upload} in bit/s, and {@code download_shares} and {@code upload_shares} by class. A
 * line that first mentions a metric's name has its unit in {@code units}. Times are ISO 8601 in
 * UTC.
 *
 * <p>A file that exists is added to. Lines reach the file within a second of the loop's time, and
 * at the loop's end. A file that can no longer be written, for want of space say, ends the logging
 * with one error message; the loop goes on. Thread-safe.
 */
public final class JsonLinesRunLog implements LoopListener, AutoCloseable {
  private final LogFile file;
  private final RecordWriter writer = new RecordWriter();
  private Instant now = Instant.MIN;

  private JsonLinesRunLog(LogFile file) {
    this.file = file;
  }

  /**
   * Opens a log.
   *
   * @param path the file to write; made if it does not exist
   * @throws QosException if the file cannot be written
   */
  public static JsonLinesRunLog open(Path path) throws QosException {
    return new JsonLinesRunLog(LogFile.open(path));
  }

  @Override
  public synchronized void onStart(Observation first) {
    now = first.time();
    file.add(writer.start(first), now);
  }

  @Override
  public synchronized void onTick(Tick tick) {
    now = tick.step().observation().time();
    file.add(writer.tick(tick), now);
  }

  @Override
  public synchronized void onEvent(LoopEvent event) {
    file.add(writer.event(event), event.time());
  }

  @Override
  public synchronized void onStop(Optional<Throwable> cause) {
    file.add(writer.stop(cause.map(JsonLinesRunLog::text).orElse("")), now);
    file.flush();
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** What ended the logging before its time, if anything did. */
  public Optional<IOException> failure() {
    return file.failure();
  }

  /** Writes what is waiting and closes the file. Repeated calls do nothing. */
  @Override
  public void close() {
    file.close();
  }
}
