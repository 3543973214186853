package io.github.qosrl.rl;

import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.QosException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * A file that holds the state of a learner. It is written beside its place, forced to disk and then
 * renamed: a crash at any moment leaves the old one or the new one. A checksum over the whole
 * guards against everything else.
 */
final class Checkpoint {
  private static final long MAGIC = 0x514f532d44514e32L; // "QOS-DQN2"
  private final Path file;

  Checkpoint(Path file) {
    this.file = file;
  }

  /** Writes a state. */
  interface Writer {
    void write(DataOutput out) throws IOException;
  }

  /** Reads a state. */
  interface Reader {
    void read(DataInput in) throws IOException, QosException, InterruptedException;
  }

  /** Replaces the file. */
  void save(Writer writer) throws QosException {
    Path target = file.toAbsolutePath();
    Path temporary =
        target.resolveSibling(
            ".%s.%d.tmp".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      try (FileChannel channel =
              FileChannel.open(
                  temporary,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream buffered =
              new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
          CheckedOutputStream checked = new CheckedOutputStream(buffered, new CRC32());
          DataOutputStream out = new DataOutputStream(checked)) {
        out.writeLong(MAGIC);
        writer.write(out);
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw new QosException(
          "checkpoint %s cannot be written: its directory does not exist; create it"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new QosException(
          "checkpoint %s cannot be written: %s".formatted(file, e.getMessage()), e);
    } finally {
      discard(temporary);
    }
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // What went wrong with the writing has been told; this file harms nobody.
    }
  }

  /**
   * Reads the file, if there is one.
   *
   * @return whether there is one
   * @throws InputFileException if it is damaged, or was saved by a run of another kind
   */
  boolean load(Reader reader) throws QosException, InterruptedException {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      verify();
      try (InputStream raw = Files.newInputStream(file);
          DataInputStream in = new DataInputStream(new BufferedInputStream(raw, 1 << 16))) {
        in.readLong();
        reader.read(in);
      }
      return true;
    } catch (EOFException e) {
      throw refused("it ends too early", e);
    } catch (IOException | IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads the file once in full, so that nothing of a damaged one is taken over. */
  private void verify() throws IOException {
    long body = Files.size(file) - Long.BYTES;
    try (InputStream raw = Files.newInputStream(file);
        CheckedInputStream checked =
            new CheckedInputStream(new BufferedInputStream(raw, 1 << 16), new CRC32());
        DataInputStream in = new DataInputStream(checked)) {
      if (body < Long.BYTES || in.readLong() != MAGIC) {
        throw new IOException("it is not a checkpoint of this version");
      }
      in.skipNBytes(body - Long.BYTES);
      long sum = checked.getChecksum().getValue();
      if (in.readLong() != sum) {
        throw new IOException("its checksum is wrong: it is damaged");
      }
    }
  }

  private InputFileException refused(String reason, Exception cause) {
    return new InputFileException(
        "checkpoint %s cannot be used: %s; delete it to start anew".formatted(file, reason), cause);
  }
}
