package io.github.qosrl.core.record;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Estimate;
import io.github.qosrl.core.LinkState;
import io.github.qosrl.core.Metric;
import io.github.qosrl.core.Observation;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.ShapingPlan;
import io.github.qosrl.core.control.LoopEvent;
import io.github.qosrl.core.control.LoopListener;
import io.github.qosrl.core.control.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Writes one row of comma-separated values (RFC 4180) per tick.
 *
 * <p>The columns, in this order:
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code time}</td><td>the end of the tick, ISO 8601 in UTC</td></tr>
 * <tr><td>{@code tick}</td><td>its number, from 0</td></tr>
 * <tr><td>{@code proposed_download, proposed_upload}</td>
 *     <td>what the agent asked for, bit/s; empty for no limit</td></tr>
 * <tr><td>{@code applied_download, applied_upload}</td>
 *     <td>what was put in force, bit/s; empty for no limit</td></tr>
 * <tr><td>{@code reward}</td><td>how good the tick was</td></tr>
 * <tr><td>{@code done}</td><td>{@code terminated}, {@code truncated}, or empty</td></tr>
 * <tr><td>{@code fallback}</td><td>1 if the fallback agent decided, else 0</td></tr>
 * <tr><td>{@code decision}</td><td>the time that the decision took, seconds</td></tr>
 * <tr><td>{@code queue_download, queue_upload}</td>
 *     <td>the delay of the link's queue, seconds, each with its {@code _source}; empty if
 *     unknown</td></tr>
 * <tr><td>{@code capacity_download, capacity_upload}</td>
 *     <td>what the link is believed to carry, bit/s; empty if unknown</td></tr>
 * <tr><td>{@code limited_by_download, limited_by_upload}</td>
 *     <td>who holds the direction back: {@code application}, {@code shaper}, …</td></tr>
 * <tr><td>{@code events}</td><td>what happened since the row before, separated by {@code |}</td></tr>
 * <tr><td>one for each metric</td>
 *     <td>its text form, as {@code throughput[download]}; in the metric's SI unit; empty if it was
 *     not measured</td></tr>
 * </table>
 *
 * <p>The metrics are fixed when the log is opened, since a table cannot grow columns: one that the
 * loop sees beside them is not logged. A file that exists is added to if its header is the same.
 *
 * <p>Rows reach the file within a second of the loop's time, and at the loop's end. A file that can
 * no longer be written, for want of space say, ends the logging with one error message; the loop
 * goes on. Thread-safe.
 */
public final class CsvRunLog implements LoopListener, AutoCloseable {
  private static final List<String> FIXED =
      List.of(
          "time",
          "tick",
          "proposed_download",
          "proposed_upload",
          "applied_download",
          "applied_upload",
          "reward",
          "done",
          "fallback",
          "decision",
          "queue_download",
          "queue_download_source",
          "queue_upload",
          "queue_upload_source",
          "capacity_download",
          "capacity_upload",
          "limited_by_download",
          "limited_by_upload",
          "events");

  private final LogFile file;
  private final List<Metric> metrics;
  private final List<String> events = new ArrayList<>();
  private String header;

  private CsvRunLog(LogFile file, List<Metric> metrics, String header) {
    this.file = file;
    this.metrics = metrics;
    this.header = header;
  }

  /**
   * Opens a log.
   *
   * @param path the file to write; made if it does not exist
   * @param metrics the metrics to log, in the order of their columns
   * @throws QosException if the file cannot be written, or holds something else
   */
  public static CsvRunLog open(Path path, Collection<Metric> metrics) throws QosException {
    List<Metric> columns = List.copyOf(new LinkedHashSet<>(metrics));
    String header = header(columns);
    if (Files.isRegularFile(path)) {
      requireHeader(path, header);
    }
    LogFile file = LogFile.open(path);
    return new CsvRunLog(file, columns, file.wasEmpty() ? header : "");
  }

  private static String header(List<Metric> metrics) {
    StringJoiner row = new StringJoiner(",");
    FIXED.forEach(row::add);
    metrics.forEach(m -> row.add(quote(m.toString())));
    return row.toString();
  }

  private static void requireHeader(Path path, String header) throws QosException {
    try (BufferedReader in = Files.newBufferedReader(path)) {
      String first = in.readLine();
      if (first != null && !first.equals(header)) {
        throw new QosException(
            "run log '%s' exists and has other columns; name another file, or move it away"
                .formatted(path));
      }
    } catch (IOException e) {
      throw new QosException(
          "run log '%s' exists and is not a run log; name another file".formatted(path), e);
    }
  }

  @Override
  public synchronized void onTick(Tick tick) {
    Observation after = tick.step().observation();
    StringJoiner row = new StringJoiner(",");
    row.add(after.time().toString()).add(Long.toString(tick.number()));
    addLimits(row, tick.proposed());
    addLimits(row, tick.applied());
    row.add(Double.toString(tick.step().reward()));
    row.add(tick.step().terminated() ? "terminated" : tick.step().truncated() ? "truncated" : "");
    row.add(tick.fallback() ? "1" : "0");
    row.add(Double.toString(tick.decisionTime().toNanos() / 1e9));
    addState(row, after.state());
    row.add(quote(String.join(" | ", events)));
    events.clear();
    for (Metric metric : metrics) {
      row.add(number(after.orElse(metric, Double.NaN)));
    }
    if (!header.isEmpty()) {
      file.add(header, after.time());
      header = "";
    }
    file.add(row.toString(), after.time());
  }

  private static void addLimits(StringJoiner row, ShapingPlan plan) {
    for (Direction direction : Direction.values()) {
      row.add(plan.limit(direction).map(r -> Long.toString(r.bitsPerSecond())).orElse(""));
    }
  }

  private static void addState(StringJoiner row, LinkState state) {
    for (Direction direction : Direction.values()) {
      Estimate queue = state.of(direction).queueDelay();
      row.add(number(queue.value())).add(queue.source().label());
    }
    for (Direction direction : Direction.values()) {
      row.add(number(state.of(direction).capacity().value()));
    }
    for (Direction direction : Direction.values()) {
      row.add(state.of(direction).limit().label());
    }
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private static String quote(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public synchronized void onEvent(LoopEvent event) {
    events.add(event.kind() + ": " + event.message().replaceAll("\\s+", " "));
  }

  @Override
  public void onStop(Optional<Throwable> cause) {
    file.flush();
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
