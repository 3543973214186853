package io.github.qosrl.probes.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.capture.CaptureFuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapCursorTest {
  private static final int FILE_HEADER = 24;

  private static PcapCursor cursor(byte[] file) throws IOException {
    PcapCursor cursor = new PcapCursor();
    cursor.fill(new ByteArrayInputStream(file));
    return cursor;
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void readsBothByteOrdersAndBothResolutions(boolean big, boolean nanos) throws IOException {
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    PcapCursor cursor = cursor(CaptureFuzz.twoPackets(order, nanos));
    assertTrue(cursor.next());
    assertEquals(1, cursor.linkType());
    assertEquals(1_700_000_000_000_000_000L, cursor.time());
    assertTrue(cursor.next());
    assertEquals(1_700_000_000_100_000_000L, cursor.time());
    assertEquals(cursor.captured() + 1000, cursor.length());
    assertFalse(cursor.next());
  }

  @Test
  void goesOnWhenTheRestOfARecordComes() throws IOException {
    byte[] file = CaptureFuzz.twoPackets(ByteOrder.LITTLE_ENDIAN, false);
    PcapCursor cursor = new PcapCursor();
    int records = 0;
    for (byte one : file) {
      assertEquals(1, cursor.fill(new byte[] {one}, 0, 1));
      records += cursor.next() ? 1 : 0;
    }
    assertEquals(2, records);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 70_000, PcapCursor.MAX_CAPTURED})
  void keepsTheStartOfALongRecordAndSkipsTheRest(int captured) throws IOException {
    byte[] two = CaptureFuzz.twoPackets(ByteOrder.LITTLE_ENDIAN, false);
    int first = (two.length - FILE_HEADER) / 2;
    byte[] file = new byte[FILE_HEADER + 16 + captured + first];
    System.arraycopy(two, 0, file, 0, FILE_HEADER + first);
    file[FILE_HEADER + 8] = (byte) captured;
    file[FILE_HEADER + 9] = (byte) (captured >> 8);
    file[FILE_HEADER + 10] = (byte) (captured >> 16);
    System.arraycopy(two, FILE_HEADER + first, file, file.length - first, first);
    PcapCursor cursor = new PcapCursor();
    ByteArrayInputStream in = new ByteArrayInputStream(file);
    int records = 0;
    while (cursor.fill(in) > 0) {
      while (cursor.next()) {
        records++;
        assertTrue(cursor.captured() <= 256);
      }
    }
    assertEquals(2, records);
  }

  @Test
  void aFileThatIsCutOffEndsThere() throws IOException {
    byte[] file = CaptureFuzz.twoPackets(ByteOrder.BIG_ENDIAN, false);
    PcapCursor cursor = cursor(Arrays.copyOf(file, file.length - 5));
    assertTrue(cursor.next());
    assertFalse(cursor.next());
  }

  @Test
  void whatIsNoPcapIsSaidToBeNone() throws IOException {
    PcapCursor nothing = cursor(new byte[0]);
    assertFalse(nothing.next());
    PcapCursor zeros = cursor(new byte[100]);
    assertThrows(IOException.class, zeros::next);
    byte[] pcapng = new byte[FILE_HEADER];
    pcapng[0] = 0x0a;
    pcapng[1] = 0x0d;
    pcapng[2] = 0x0d;
    pcapng[3] = 0x0a;
    PcapCursor other = cursor(pcapng);
    IOException e = assertThrows(IOException.class, other::next);
    assertTrue(String.valueOf(e.getMessage()).contains("tcpdump -r"), e.getMessage());
  }

  @Test
  void aRecordOfImpossibleLengthIsDamage() throws IOException {
    byte[] file = CaptureFuzz.twoPackets(ByteOrder.BIG_ENDIAN, false);
    file[FILE_HEADER + 8] = 0x7f;
    PcapCursor cursor = cursor(file);
    assertThrows(IOException.class, cursor::next);
  }
}
