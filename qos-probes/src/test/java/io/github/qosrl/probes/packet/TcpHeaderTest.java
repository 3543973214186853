package io.github.qosrl.probes.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.probes.packet.Packets.Link;
import io.github.qosrl.probes.packet.Packets.Segment;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TcpHeaderTest {
  private final IpHeader ip = new IpHeader();
  private final TcpHeader tcp = new TcpHeader();

  private boolean parse(int linkType, byte[] packet, int captured) {
    return ip.parse(linkType, packet, 0, Math.min(captured, packet.length), packet.length)
        && tcp.parse(ip);
  }

  static Stream<Arguments> layers() {
    return Stream.of(Link.values())
        .flatMap(
            link ->
                Stream.of(
                    Arguments.of(link, false, false),
                    Arguments.of(link, true, false),
                    Arguments.of(link, true, true)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void readsBehindEachLinkLayer(Link link, boolean v6, boolean extended) {
    byte[] options = Packets.options(true, 0xfedcba98, 5000, 6000, 9000, 9500);
    Segment segment = new Segment(false, 7, 0xfffffff0, 4000, TcpHeader.ACK, options, 100);
    byte[] packet = new Packets(link, v6, extended).add(0, segment);
    assertTrue(parse(link.linkType, packet, 150));
    assertEquals(v6 ? 6 : 4, ip.version());
    assertEquals(443, ip.sourcePort());
    assertEquals(40007, ip.destinationPort());
    assertEquals(0xfffffff0, tcp.sequence());
    assertEquals(0xfffffff0 + 100, tcp.sequenceEnd());
    assertEquals(4000, tcp.acknowledgement());
    assertEquals(100, tcp.payload());
    assertTrue(tcp.hasTimestamps());
    assertEquals(0xfedcba98, tcp.timestamp());
    assertEquals(1500, tcp.sackBytes());
    assertEquals(9500, tcp.sackEdge());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void paddingIsNoPayload(Link link, boolean v6, boolean extended) {
    Segment segment = new Segment(true, 1, 1, 1, TcpHeader.ACK, new byte[0], 0);
    byte[] packet = new Packets(link, v6, extended).add(0, segment);
    byte[] padded = java.util.Arrays.copyOf(packet, packet.length + 6);
    assertTrue(parse(link.linkType, padded, padded.length));
    assertEquals(0, tcp.payload());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aCutPacketIsReadAsFarAsItGoes(Link link, boolean v6, boolean extended) {
    byte[] options = Packets.options(true, 1, 5000, 6000);
    Segment segment = new Segment(true, 1, 1, 1, TcpHeader.ACK, options, 0);
    byte[] packet = new Packets(link, v6, extended).add(0, segment);
    for (int n = 0; n < packet.length; n++) {
      boolean read = parse(link.linkType, packet, n);
      assertEquals(n >= packet.length - options.length, read, n + " bytes");
    }
  }

  @Property
  void neverThrowsAndNeverReadsBeyondWhatWasCaptured(
      @ForAll @Size(max = 200) byte[] garbage, @ForAll int linkType) {
    for (int type : new int[] {1, 101, 113, 276, 228, 229, linkType}) {
      if (parse(type, garbage, garbage.length)) {
        assertTrue(tcp.payload() >= 0 && tcp.headerLength() >= 20);
        assertTrue(ip.transportAt() + 20 <= garbage.length);
      }
    }
  }

  @Property
  void blocksBelowTheAcknowledgementAreNoHoles(@ForAll int ack) {
    byte[] options = Packets.options(false, 0, ack - 2000, ack - 1000);
    byte[] packet =
        new Packets(Link.RAW, false)
            .add(0, new Segment(true, 1, 1, ack, TcpHeader.ACK, options, 0));
    assertTrue(parse(Link.RAW.linkType, packet, 200));
    assertEquals(0, tcp.sackBytes());
    assertFalse(tcp.hasTimestamps());
  }
}
