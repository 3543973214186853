package io.github.qosrl.probes.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapTest {

  private static PcapReader reader(byte[] file) throws IOException {
    return new PcapReader(new ByteArrayInputStream(file));
  }

  private static PacketHeader parse(int linkType, String hex) {
    return PacketHeader.parse(linkType, ByteBuffer.wrap(PcapFile.bytes(hex))).orElseThrow();
  }

  private static void expect(PacketHeader p, int protocol, int from, int to) {
    assertEquals(protocol, p.protocol());
    assertEquals(from, p.sourcePort());
    assertEquals(to, p.destinationPort());
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void readsBothByteOrdersAndBothResolutions(boolean big, boolean nanos) throws IOException {
    ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    PcapReader reader = reader(PcapFile.of(order, nanos, 1, PcapFile.UDP4, PcapFile.UDP4));
    assertEquals(1, reader.linkType());
    assertEquals(0, reader.next().orElseThrow().nanos());
    PcapReader.Packet second = reader.next().orElseThrow();
    assertEquals(100_000_000, second.nanos());
    assertEquals(PcapFile.bytes(PcapFile.UDP4).length + 1000, second.length());
    assertTrue(reader.next().isEmpty());
  }

  @Test
  void aFileThatIsCutOffEndsThere() throws IOException {
    byte[] file = PcapFile.of(ByteOrder.BIG_ENDIAN, false, 1, PcapFile.UDP4, PcapFile.UDP4);
    PcapReader reader = reader(Arrays.copyOf(file, file.length - 5));
    assertTrue(reader.next().isPresent());
    assertTrue(reader.next().isEmpty());
  }

  @Test
  void whatIsNoPcapIsSaidToBeNone() {
    assertThrows(IOException.class, () -> reader(new byte[0]));
    assertThrows(IOException.class, () -> reader(new byte[100]));
    byte[] pcapng = PcapFile.bytes("0a0d0d0a" + "00".repeat(40));
    IOException e = assertThrows(IOException.class, () -> reader(pcapng));
    assertTrue(String.valueOf(e.getMessage()).contains("tcpdump -r"), e.getMessage());
  }

  @Test
  void aRecordOfImpossibleLengthIsDamage() throws IOException {
    byte[] file = PcapFile.of(ByteOrder.BIG_ENDIAN, false, 1, PcapFile.UDP4);
    file[24 + 8] = 0x7f;
    PcapReader reader = reader(file);
    assertThrows(IOException.class, reader::next);
  }

  @Test
  void readsEthernet() {
    PacketHeader p = parse(PacketHeader.ETHERNET, PcapFile.UDP4);
    expect(p, PacketHeader.UDP, 40000, 53);
    assertEquals("8.8.8.8", Addresses.text(p.destination()));
  }

  @Test
  void readsThroughVlanTags() {
    expect(parse(PacketHeader.ETHERNET, PcapFile.UDP4_QINQ), PacketHeader.UDP, 40000, 53);
  }

  @Test
  void readsThroughExtensionHeaders() {
    expect(parse(PacketHeader.RAW, PcapFile.TCP6_EXTENSIONS), PacketHeader.TCP, 443, 50000);
  }

  @Test
  void aLaterFragmentHasNoPorts() {
    expect(parse(PacketHeader.RAW, PcapFile.FRAGMENT6), PacketHeader.UDP, -1, -1);
  }

  @Test
  void readsLinuxCookedCaptureWithItsDirection() {
    PacketHeader v1 = parse(PacketHeader.LINUX_SLL, PcapFile.SLL_TCP4);
    expect(v1, PacketHeader.TCP, 50000, 22);
    assertEquals(2, v1.incoming());
    PacketHeader v2 = parse(PacketHeader.LINUX_SLL2, PcapFile.SLL2_ICMP);
    expect(v2, 1, -1, -1);
    assertEquals(1, v2.incoming());
  }

  @Test
  void anyCutIsEmptyOrRightButNeverAnError() {
    for (String hex : new String[] {PcapFile.UDP4, PcapFile.UDP4_QINQ, PcapFile.TCP6_EXTENSIONS}) {
      byte[] bytes = PcapFile.bytes(hex);
      for (int n = 0; n < bytes.length; n++) {
        ByteBuffer cut = ByteBuffer.wrap(bytes, 0, n);
        for (int type : new int[] {1, 101, 113, 276, 9999}) {
          Optional<PacketHeader> p = PacketHeader.parse(type, cut);
          assertTrue(p.isEmpty() || p.get().protocol() >= 0);
        }
      }
    }
  }
}
