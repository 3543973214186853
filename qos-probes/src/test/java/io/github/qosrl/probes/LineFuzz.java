package io.github.qosrl.probes;

import io.github.qosrl.probes.internal.LineSplitter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What the fuzz run feeds to the parser of a program's lines. */
public final class LineFuzz {
  private final Consumer<String> parser;
  private final List<String> lines;

  public LineFuzz(Consumer<String> parser, String... lines) {
    this.parser = parser;
    this.lines = List.of(lines);
  }

  /** The lines as the program prints them. */
  List<byte[]> samples() {
    return lines.stream().map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Reads what a process printed. */
  void parse(byte[] bytes) {
    LineSplitter splitter = new LineSplitter(parser);
    splitter.feed(bytes, bytes.length);
    splitter.end();
  }

  /** Reads a hundred megabytes without an end of line. */
  void endlessLine() {
    LineSplitter splitter = new LineSplitter(parser);
    byte[] block = new byte[8192];
    Arrays.fill(block, (byte) 'x');
    for (int i = 0; i < 12_800; i++) {
      splitter.feed(block, block.length);
    }
    splitter.end();
  }
}
