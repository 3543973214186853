package io.github.qosrl.core.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of this machine that is read many times. */
class OpenFileTest {
  @TempDir private Path folder = Path.of("");

  private final Host local = Hosts.local();
  private Path path = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private HostFile file;

  @BeforeEach
  void write() throws Exception {
    path = Files.writeString(folder.resolve("rx_bytes"), "17\n");
    file = local.file(path.toString());
  }

  @Test
  void whatIsWrittenMeanwhileIsRead() throws Exception {
    assertEquals("17\n", file.read());
    Files.writeString(path, "190\n");
    assertEquals("190\n", file.read());
    Files.writeString(path, "3\n");
    assertEquals("3\n", file.read());
  }

  @Test
  void anotherFileOfThatNameIsFoundInTheEnd() throws Exception {
    assertEquals("17\n", file.read());
    Files.move(path, folder.resolve("renamed"));
    Files.writeString(path, "1\n");
    String seen = "";
    for (int i = 0; i < OpenFile.LIFE; i++) {
      seen = file.read();
    }
    assertEquals("1\n", seen);
  }

  @Test
  void aFileMayComeLater() throws Exception {
    HostFile later = local.file(folder.resolve("later").toString());
    assertThrows(HostException.class, later::read);
    Files.writeString(folder.resolve("later"), "5\n");
    assertEquals("5\n", later.read());
  }

  @Test
  void aLongOrAnEmptyOneIsReadToo() throws Exception {
    Files.writeString(path, "x".repeat(100_000));
    assertEquals(100_000, file.read().length());
    Files.writeString(path, "");
    assertEquals("", file.read());
  }

  @Test
  void anInterruptDoesNotSpoilIt() throws Exception {
    assertEquals("17\n", file.read());
    Thread.currentThread().interrupt();
    try {
      file.read();
    } catch (HostException e) {
      // As any reading might fail; what counts is the next.
    }
    assertTrue(Thread.interrupted());
    assertEquals("17\n", file.read());
  }

  @Test
  void closedItKeepsNothingOpen() throws Exception {
    assertEquals("17\n", file.read());
    file.close();
    assertEquals("17\n", file.read());
    Path handles = Path.of("/proc/self/fd");
    try (var open = Files.list(handles)) {
      assertEquals(
          0, open.filter(fd -> fd.toFile().getAbsoluteFile().equals(path.toFile())).count());
    }
    file.close();
  }
}
