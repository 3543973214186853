package io.github.qosrl.core.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A small file of this machine that stays open between readings, which costs one {@code pread} each
 * instead of a walk along the path: files of sysfs and procfs are made anew for whoever reads from
 * their beginning (kernel documentation, filesystems/sysfs).
 *
 * <p>What stays open is the file of one interface. When that is removed, reading fails, and the
 * path is looked up again; as it is after every {@value #LIFE} readings, since an interface that
 * got another name keeps its open files. Thread-safe.
 */
final class OpenFile implements HostFile {
  /** Where the file is at present, and the slow way to read it, which explains what is wrong. */
  interface Source {
    Path path() throws HostException;

    String read() throws HostException;
  }

  static final int LIFE = 64;

  private static final int CAPACITY = 256;

  private final Source source;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);
  private final byte[] bytes = new byte[CAPACITY];
  private @Nullable FileChannel channel;
  private int readings;
  private boolean closed;

  OpenFile(Source source) {
    this.source = source;
  }

  @Override
  public synchronized String read() throws HostException {
    FileChannel open = channel;
    if (open != null && ++readings < LIFE) {
      try {
        return text(open);
      } catch (IOException e) {
        // It is gone, or this thread was interrupted, which closes a channel.
      }
    }
    release();
    if (closed) {
      return source.read();
    }
    try {
      open = FileChannel.open(source.path(), StandardOpenOption.READ);
      channel = open;
      readings = 0;
      return text(open);
    } catch (IOException e) {
      release();
      return source.read();
    }
  }

  private String text(FileChannel from) throws IOException {
    buffer.clear();
    int n = from.read(buffer, 0);
    if (n < 0 || n == CAPACITY) {
      throw new IOException("empty, or longer than what is kept open is for");
    }
    buffer.flip();
    buffer.get(bytes, 0, n);
    return new String(bytes, 0, n, StandardCharsets.ISO_8859_1);
  }

  @Override
  public synchronized void close() {
    closed = true;
    release();
  }

  private void release() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It was for reading only.
      }
    }
  }
}
