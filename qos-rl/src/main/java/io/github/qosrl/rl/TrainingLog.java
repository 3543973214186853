package io.github.qosrl.rl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.qosrl.core.QosException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a training run to a file, a line for each report and each evaluation, as CSV (RFC 4180) or
 * as JSON Lines.
 *
 * <p>Fields: {@code event} ({@code progress} or {@code evaluation}), {@code step}, {@code
 * episodes}, {@code gradient_steps}, {@code epsilon}, {@code loss}, {@code mean_q}, {@code return}
 * (mean of the newest episodes), {@code steps_per_second}, {@code evaluation_return}, {@code
 * evaluation_deviation}, {@code best}. What does not belong to an event, or is not known yet, is
 * empty in CSV and absent in JSON.
 *
 * <p>A file that exists is added to, as a resumed run wants it. Each line is on its way to the disk
 * before the call returns. If that fails, the disk is full say, one error is logged and the
 * training goes on without. Not thread-safe.
 */
public final class TrainingLog implements TrainingListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLog.class);
  private static final String[] FIELDS = {
    "event",
    "step",
    "episodes",
    "gradient_steps",
    "epsilon",
    "loss",
    "mean_q",
    "return",
    "steps_per_second",
    "evaluation_return",
    "evaluation_deviation",
    "best"
  };

  private final Path file;
  private final Writer out;
  private final boolean json;
  private final JsonFactory factory = new JsonFactory();
  private boolean broken;

  private TrainingLog(Path file, Writer out, boolean json) {
    this.file = file;
    this.out = out;
    this.json = json;
  }

  /**
   * Opens a CSV log; a new file begins with the names of the fields.
   *
   * @throws QosException if the file cannot be written
   */
  public static TrainingLog csv(Path file) throws QosException {
    TrainingLog log = open(file, false);
    try {
      if (Files.size(file) == 0) {
        log.write(String.join(",", FIELDS) + "\r\n");
      }
    } catch (IOException e) {
      log.fail(e);
    }
    return log;
  }

  /**
   * Opens a JSON Lines log.
   *
   * @throws QosException if the file cannot be written
   */
  public static TrainingLog jsonLines(Path file) throws QosException {
    return open(file, true);
  }

  private static TrainingLog open(Path file, boolean json) throws QosException {
    try {
      Writer out =
          Files.newBufferedWriter(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      return new TrainingLog(file, out, json);
    } catch (NoSuchFileException e) {
      throw new QosException(
          "training log %s cannot be written: its directory does not exist; create it"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new QosException(
          "training log %s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public void onProgress(TrainingProgress p) {
    row(
        "progress",
        p.step(),
        p.episodes(),
        p.gradientSteps(),
        p.epsilon(),
        p.loss(),
        p.meanQ(),
        p.meanReturn(),
        p.stepsPerSecond(),
        Double.NaN,
        Double.NaN,
        "");
  }

  @Override
  public void onEvaluation(Evaluation e) {
    double none = Double.NaN;
    row(
        "evaluation",
        e.step(),
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        e.mean(),
        e.deviation(),
        e.best());
  }

  private void row(Object... values) {
    if (broken) {
      return;
    }
    try {
      write(json ? jsonLine(values) : csvLine(values));
    } catch (IOException e) {
      fail(e);
    }
  }

  private static String csvLine(Object... values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : ",").append(isKnown(values[i]) ? text(values[i]) : "");
    }
    return line.append("\r\n").toString();
  }

  private String jsonLine(Object... values) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(line)) {
      generator.writeStartObject();
      for (int i = 0; i < values.length; i++) {
        if (!isKnown(values[i])) {
          continue;
        }
        generator.writeFieldName(FIELDS[i]);
        if (values[i] instanceof String s) {
          generator.writeString(s);
        } else {
          generator.writeRawValue(text(values[i]));
        }
      }
      generator.writeEndObject();
    }
    return line.append('\n').toString();
  }

  private static boolean isKnown(Object value) {
    return !(value instanceof Double d && !Double.isFinite(d)) && !value.equals("");
  }

  private static String text(Object value) {
    return value instanceof Double d ? String.format(Locale.ROOT, "%.6g", d) : value.toString();
  }

  private void write(String line) throws IOException {
    out.write(line);
    out.flush();
  }

  private void fail(IOException e) {
    broken = true;
    LOG.error("training log {} is no longer written: {}", file, e.getMessage());
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      if (!broken) {
        fail(e);
      }
    }
  }
}
