package io.github.qosrl.probes.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.packet.IpHeader;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PacketHeaderTest {

  private static PacketHeader parse(int linkType, String hex) {
    return PacketHeader.parse(linkType, ByteBuffer.wrap(PcapFile.bytes(hex))).orElseThrow();
  }

  private static void expect(PacketHeader p, int protocol, int from, int to) {
    assertEquals(protocol, p.protocol());
    assertEquals(from, p.sourcePort());
    assertEquals(to, p.destinationPort());
  }

  @Test
  void readsEthernet() {
    PacketHeader p = parse(IpHeader.ETHERNET, PcapFile.UDP4);
    expect(p, PacketHeader.UDP, 40000, 53);
    assertEquals("8.8.8.8", Addresses.text(p.destination()));
  }

  @Test
  void readsThroughVlanTags() {
    expect(parse(IpHeader.ETHERNET, PcapFile.UDP4_QINQ), PacketHeader.UDP, 40000, 53);
  }

  @Test
  void readsThroughExtensionHeaders() {
    expect(parse(IpHeader.RAW, PcapFile.TCP6_EXTENSIONS), PacketHeader.TCP, 443, 50000);
  }

  @Test
  void aLaterFragmentHasNoPorts() {
    expect(parse(IpHeader.RAW, PcapFile.FRAGMENT6), PacketHeader.UDP, -1, -1);
  }

  @Test
  void readsLinuxCookedCaptureWithItsDirection() {
    PacketHeader v1 = parse(IpHeader.LINUX_SLL, PcapFile.SLL_TCP4);
    expect(v1, PacketHeader.TCP, 50000, 22);
    assertEquals(2, v1.incoming());
    PacketHeader v2 = parse(IpHeader.LINUX_SLL2, PcapFile.SLL2_ICMP);
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
