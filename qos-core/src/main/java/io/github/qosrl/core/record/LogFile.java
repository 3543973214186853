package io.github.qosrl.core.record;

import io.github.qosrl.core.QosException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text file that grows by whole lines, and never by part of one: a write that fails half-way is
 * cut back to the last line that is complete. The first failure is logged and ends the writing;
 * what was written stays. Thread-safe.
 */
final class LogFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
  private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);
  private static final int FLUSH_BYTES = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final boolean wasEmpty;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private Instant flushed = Instant.MIN;
  private @Nullable IOException failure;

  private LogFile(Path path, FileChannel channel, boolean wasEmpty) {
    this.path = path;
    this.channel = channel;
    this.wasEmpty = wasEmpty;
  }

  /**
   * Opens a file to add to. An unfinished last line, as a power cut leaves it, is removed.
   *
   * @throws QosException if it cannot be opened for writing
   */
  static LogFile open(Path path) throws QosException {
    try {
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      try {
        if (Files.isRegularFile(path)) {
          channel.truncate(endOfLastLine(path));
        }
        return new LogFile(path, channel, channel.size() == 0);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new QosException(
          "run log '%s' cannot be written: %s; name a file in a directory that this user can write to"
              .formatted(path, reason(e)),
          e);
    }
  }

  private static long endOfLastLine(Path path) throws IOException {
    try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer chunk = ByteBuffer.allocate(8192);
      for (long end = in.size(); end > 0; ) {
        long start = Math.max(0, end - chunk.capacity());
        chunk.clear().limit((int) (end - start));
        in.read(chunk, start);
        int newline = lastNewline(chunk.array(), chunk.position());
        if (newline >= 0) {
          return start + newline + 1;
        }
        end = start;
      }
      return 0;
    }
  }

  private static int lastNewline(byte[] bytes, int length) {
    for (int i = length - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "its directory does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  /** Whether there was nothing in it when it was opened. */
  boolean wasEmpty() {
    return wasEmpty;
  }

  /**
   * Adds a line; it is in the file within a second of the log's own time.
   *
   * @param line the text, without its line break
   * @param time the moment that the line speaks of
   */
  synchronized void add(String line, Instant time) {
    if (failure != null || !channel.isOpen()) {
      return;
    }
    waiting.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    waiting.write('\n');
    boolean due = flushed.equals(Instant.MIN) || !time.isBefore(flushed.plus(FLUSH_INTERVAL));
    if (due || waiting.size() >= FLUSH_BYTES) {
      flush();
      flushed = time;
    }
  }

  /** Hands what is waiting to the system. */
  synchronized void flush() {
    if (failure != null || waiting.size() == 0 || !channel.isOpen()) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(waiting.toByteArray());
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      waiting.reset();
    } catch (IOException e) {
      failure = e;
      LOG.error(
          "run log '{}': {}; logging stops here, what was written stays, control goes on",
          path,
          reason(e));
      cutBack(bytes);
    }
  }

  private void cutBack(ByteBuffer bytes) {
    int written = bytes.position();
    int complete = lastNewline(bytes.array(), written) + 1;
    if (complete == written) {
      return;
    }
    try {
      channel.truncate(channel.size() - (written - complete));
    } catch (IOException e) {
      LOG.warn("run log '{}' ends with an unfinished line: {}", path, reason(e));
    }
  }

  /** What ended the writing, if anything did. */
  synchronized Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public synchronized void close() {
    flush();
    try {
      channel.close();
    } catch (IOException e) {
      LOG.error("run log '{}': {}", path, reason(e));
    }
  }
}
