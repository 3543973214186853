package io.github.qosrl.probes.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.contract.Needs;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.Hosts;
import io.github.qosrl.probes.packet.Packets;
import io.github.qosrl.probes.packet.Packets.Link;
import io.github.qosrl.probes.packet.Packets.Segment;
import io.github.qosrl.probes.packet.TcpHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the filter's expression lets through, by tcpdump on files. There, nobody knows which way a
 * packet went, nor are there random numbers: both are left out of the expression.
 */
class TcpFilterIT {
  private static final int PACKETS = 4096;
  @TempDir Path directory;

  @BeforeAll
  static void tcpdump() throws Exception {
    Needs.succeeds(Command.of("tcpdump", "--version"), "tcpdump; sudo apt-get install tcpdump");
  }

  private int passed(Packets packets, Link link, Direction direction, int shift) throws Exception {
    String expression = expression(link, direction, shift);
    Path file = Files.write(directory.resolve("packets"), packets.stream());
    try (Host host = Hosts.local()) {
      List<String> command = List.of("tcpdump", "-n", "-r", file.toString(), expression);
      return (int) host.run(Command.of(command)).orThrow().stdout().lines().count();
    }
  }

  private static String expression(Link link, Direction direction, int shift) {
    boolean ethernet = link.linkType == 1;
    return TcpFilter.expression(direction, ethernet, new Sampling(shift))
        .replaceFirst("^(in|out)bound and ", "")
        .replaceAll("link\\[0xfffff038:4\\] & [0-9]+ = 0", "link[0] & 0 = 0");
  }

  private static Segment segment(boolean sent, int number, int payload, int flags, byte[] options) {
    int sequence = sent ? number - payload : 1;
    return new Segment(sent, 1, sequence, sent ? 1 : number, flags, options, payload);
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void takesTcpBehindEachLinkLayer(Link link) throws Exception {
    for (boolean v6 : new boolean[] {false, true}) {
      for (Direction direction : Direction.values()) {
        boolean sent = direction == Direction.UPLOAD;
        Packets packets = new Packets(link, v6);
        byte[] stamp = Packets.options(true, 1);
        packets.add(1, segment(sent, 5000, 100, TcpHeader.ACK, stamp));
        packets.add(2, segment(sent, 5000, 0, TcpHeader.ACK, stamp));
        packets.add(3, segment(sent, 5000, 0, TcpHeader.SYN, stamp));
        packets.add(4, segment(sent, 5000, 0, TcpHeader.ACK, Packets.options(true, 1, 7000, 8000)));
        String what = direction.name().toLowerCase(Locale.ROOT) + (v6 ? ", IPv6" : ", IPv4");
        // Of what is sent, an acknowledgement alone tells nothing.
        assertEquals(sent ? 3 : 4, passed(packets, link, direction, 0), what);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Link.class)
  void drawsDataAndItsAcknowledgementTogether(Link link) throws Exception {
    for (boolean v6 : new boolean[] {false, true}) {
      Packets data = new Packets(link, v6);
      Packets acks = new Packets(link, v6);
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < PACKETS; i++) {
        int number = 0x7fff0000 + i * 100;
        numbers.add(number);
        data.add(i, segment(true, number, 100, TcpHeader.ACK, Packets.options(true, 1)));
        acks.add(i, segment(false, number, 0, TcpHeader.ACK, Packets.options(true, 1)));
      }
      Sampling sampling = new Sampling(4);
      long drawn = numbers.stream().filter(n -> n * 0x9E3779B1 >>> 28 == 0).count();
      assertTrue(Math.abs(drawn - PACKETS / 16) < PACKETS / 160, drawn + " drawn");
      assertEquals(drawn, passed(data, link, Direction.UPLOAD, 4));
      int shift = 32 - sampling.ackShift();
      long acked = numbers.stream().filter(n -> n * 0x9E3779B1 >>> shift == 0).count();
      assertEquals(acked, passed(acks, link, Direction.DOWNLOAD, 4));
    }
  }
}
