package io.github.qosrl.examples.live;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.record.CsvRunLog;
import io.github.qosrl.core.record.JsonLinesRunLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The files that a run is logged to, by their endings. */
public final class LogFiles implements AutoCloseable {
  private static final List<Metric> COLUMNS =
      List.of(
          Metrics.RTT_MEAN,
          Metrics.RTT_P95,
          Metrics.JITTER,
          Metrics.LOSS,
          Metrics.BASELINE_DELAY,
          Metrics.DELAY_INFLATION,
          Metrics.BLIND,
          Metrics.throughput(Direction.DOWNLOAD),
          Metrics.throughput(Direction.UPLOAD),
          Metrics.AVAILABLE_BANDWIDTH.in(Direction.DOWNLOAD),
          Metrics.AVAILABLE_BANDWIDTH.in(Direction.UPLOAD));

  private record Entry(
      Path path, LoopListener listener, Supplier<Optional<IOException>> failure, Runnable close) {}

  private final List<Entry> entries = new ArrayList<>();

  private LogFiles() {}

  /**
   * Opens them.
   *
   * @throws QosException if one cannot be written; none stays open
   */
  public static LogFiles open(List<Path> paths) throws QosException {
    LogFiles files = new LogFiles();
    try {
      for (Path path : paths) {
        files.entries.add(entry(path));
      }
      return files;
    } catch (QosException | RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static Entry entry(Path path) throws QosException {
    if (path.toString().endsWith(".csv")) {
      CsvRunLog log = CsvRunLog.open(path, COLUMNS);
      return new Entry(path, log, log::failure, log::close);
    }
    JsonLinesRunLog log = JsonLinesRunLog.open(path);
    return new Entry(path, log, log::failure, log::close);
  }

  /** What the loop tells of its ticks. */
  public List<LoopListener> listeners() {
    return entries.stream().map(Entry::listener).toList();
  }

  /**
   * Fails if a file could not be written to its end; the link was controlled all the same.
   *
   * @throws QosException that says which and why
   */
  public void check() throws QosException {
    for (Entry entry : entries) {
      Optional<IOException> failure = entry.failure().get();
      if (failure.isPresent()) {
        throw new QosException(
            "the log '%s' is incomplete: %s; the link was controlled all the same"
                .formatted(entry.path(), failure.get().getMessage()),
            failure.get());
      }
    }
  }

  @Override
  public void close() {
    entries.forEach(entry -> entry.close().run());
  }
}
