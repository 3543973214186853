package io.github.qosrl.core.record;

import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.Transition;
import io.github.qosrl.core.control.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link JsonLinesRunLog} wrote. */
public final class RunLog {
  private RunLog() {}

  /**
   * The records of a log, oldest first, read as the stream is consumed. The stream must be closed.
   * A line that is not a record makes it throw an {@link UncheckedIOException} that names the line
   * and what is wrong with it.
   *
   * @throws InputFileException if the file cannot be opened
   */
  public static Stream<RunRecord> read(Path path) throws InputFileException {
    try {
      Lines lines = new Lines(path, Files.newBufferedReader(path));
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(
                  lines, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
              false)
          .onClose(lines::close);
    } catch (IOException e) {
      throw InputFileException.unreadable("run log", path, e);
    }
  }

  /**
   * The experiences in a log, oldest first, for learning without a link. As {@link #read}.
   *
   * @throws InputFileException if the file cannot be opened
   */
  public static Stream<Transition> transitions(Path path) throws InputFileException {
    return read(path)
        .filter(RunRecord.Turn.class::isInstance)
        .map(record -> transition(((RunRecord.Turn) record).tick()));
  }

  private static Transition transition(Tick tick) {
    return new Transition(
        tick.before(),
        tick.applied(),
        tick.step().reward(),
        tick.step().observation(),
        tick.step().terminated(),
        tick.step().truncated());
  }

  private static final class Lines implements Iterator<RunRecord> {
    private final Path path;
    private final BufferedReader in;
    private final RecordReader reader = new RecordReader();
    private @Nullable String next;
    private long number;

    Lines(Path path, BufferedReader in) throws IOException {
      this.path = path;
      this.in = in;
      advance();
    }

    private void advance() throws IOException {
      next = in.readLine();
      number++;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public RunRecord next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      try {
        RunRecord record = reader.read(next);
        advance();
        return record;
      } catch (IOException e) {
        throw new UncheckedIOException(
            "run log '%s', line %d: %s".formatted(path, number, firstLine(e)), e);
      }
    }

    private static String firstLine(IOException e) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("malformed");
    }

    void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
