package io.github.qosrl.probes.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines of at most {@value #MAX_LINE} bytes; what exceeds that is dropped. Bytes
 * that are not ASCII become other characters, never an error. Not thread-safe.
 */
public final class LineSplitter {
  /** The longest line that is passed on whole. */
  public static final int MAX_LINE = 1024;

  private final Consumer<String> lines;
  private byte[] line = new byte[128];
  private int length;

  /**
   * @param lines receives each line without its end
   */
  public LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Takes in the first {@code n} bytes of a buffer. */
  public void feed(byte[] buffer, int n) {
    for (int i = 0; i < n; i++) {
      if (buffer[i] == '\n') {
        emit();
      } else if (length < MAX_LINE) {
        if (length == line.length) {
          line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = buffer[i];
      }
    }
  }

  /** Passes on a last line that has no end. */
  public void end() {
    if (length > 0) {
      emit();
    }
  }

  private void emit() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    lines.accept(new String(line, 0, end, StandardCharsets.ISO_8859_1));
  }
}
