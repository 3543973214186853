package io.github.qosrl.probes.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.InputFileException;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.core.Metrics;
import io.github.qosrl.core.Probe;
import io.github.qosrl.core.ProbeException;
import io.github.qosrl.core.contract.FakeHost;
import io.github.qosrl.core.contract.ProbeContract;
import io.github.qosrl.core.contract.VirtualClock;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.Settings;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayProbeTest extends ProbeContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  @TempDir private Path directory;

  private Path file(int linkType, String... packets) throws IOException {
    Path file = directory.resolve("capture.pcap");
    Files.write(file, PcapFile.of(ByteOrder.LITTLE_ENDIAN, false, linkType, packets));
    return file;
  }

  private Probe open(Path file, CaptureOptions options) throws InputFileException {
    return ReplayProbe.open(new FakeHost(), file, Duration.ofMillis(500), options);
  }

  @Override
  protected Probe probe() throws Exception {
    String[] packets = Collections.nCopies(40, PcapFile.UDP4).toArray(new String[0]);
    return open(file(1, packets), CaptureOptions.standard().withoutLookUp());
  }

  @Test
  void countsByTypeDirectionProtocolAndPort() throws Exception {
    try (Probe probe = probe()) {
      Measurement m = probe.measure(TIMEOUT);
      double bytes = 5.0 * (PcapFile.bytes(PcapFile.UDP4).length + 1000);
      assertEquals(bytes, m.get(Metrics.BYTES_PASSED.in("dns")).orElseThrow());
      assertEquals(0, m.get(Metrics.BYTES_PASSED.in("video")).orElseThrow());
      assertEquals(5, m.get(Metrics.PACKETS_PASSED.in(Direction.UPLOAD)).orElseThrow());
      assertEquals(1, m.get(TrafficWindow.SHARE.in("dns")).orElseThrow());
      assertEquals(1, m.get(TrafficWindow.PROTOCOL_SHARE.in("udp")).orElseThrow());
      assertEquals(1, m.get(TrafficWindow.PORT_SHARE.in("well-known")).orElseThrow());
      assertEquals(bytes / 5, m.get(TrafficWindow.PACKET_SIZE).orElseThrow());
    }
  }

  @Test
  void aWindowWithoutPacketsHasCountsButNoShares() throws Exception {
    TrafficWindow window = new TrafficWindow(List.of("dns"), List.of());
    VirtualClock clock = new VirtualClock();
    Measurement m = window.take(clock.now(), clock.now().plusSeconds(1));
    assertEquals(0, m.get(Metrics.BYTES_PASSED.in("dns")).orElseThrow());
    assertFalse(m.has(TrafficWindow.SHARE.in("dns")));
  }

  @Test
  void theEndOfTheCaptureIsSaid() throws Exception {
    try (Probe probe = open(file(1, PcapFile.UDP4), CaptureOptions.standard().withoutLookUp())) {
      probe.measure(TIMEOUT);
      ProbeException e = assertThrows(ProbeException.class, () -> probe.measure(TIMEOUT));
      assertTrue(String.valueOf(e.getMessage()).contains("ended"));
    }
  }

  @Test
  void listenersGetFeaturesWithHiddenAddressesOnly() throws Exception {
    List<PacketFeatures> seen = new ArrayList<>();
    CaptureOptions options = CaptureOptions.standard().withoutLookUp().withListener(seen::add);
    try (Probe probe = open(file(1, PcapFile.UDP4, PcapFile.UDP4), options)) {
      probe.measure(TIMEOUT);
    }
    PacketFeatures packet = seen.get(0);
    assertEquals("udp", packet.protocol());
    assertEquals(PacketFeatures.PortCategory.WELL_KNOWN, packet.portCategory());
    assertEquals(Optional.of(Direction.UPLOAD), packet.direction());
    assertTrue(packet.peer().startsWith("anon-"), packet.peer());
    assertEquals(packet.peer(), seen.get(1).peer());
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    Path none = directory.resolve("none.pcap");
    CaptureOptions options = CaptureOptions.standard();
    InputFileException absent =
        assertThrows(InputFileException.class, () -> open(none, options).close());
    assertTrue(absent.getMessage().contains("no such file"), absent.getMessage());
    Files.writeString(none, "this is a text, and by no means a capture of packets");
    InputFileException e =
        assertThrows(InputFileException.class, () -> open(none, options).close());
    assertTrue(String.valueOf(e.getMessage()).contains("not a pcap file"), e.getMessage());
    assertThrows(
        ConfigurationException.class,
        () -> new CaptureProbeProvider().create(new FakeHost(), Settings.none("probe 'capture'")));
  }

  @Test
  void servicesAreFoundByNameAndLookedUpInTheBackground() throws Exception {
    ServiceTable table = ServiceTable.standard();
    assertEquals("youtube", table.find("r3---sn-4g5e6nze.googlevideo.com").orElseThrow().service());
    assertEquals("video", table.find("ipv4-c001.1.nflxvideo.net").orElseThrow().type());
    assertTrue(table.find("host.example").isEmpty());
    VirtualClock clock = new VirtualClock();
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    ServiceNames.Resolver resolver =
        address -> {
          asked.add(address);
          return Optional.of("lhr25s34-in-f14.1e100.net");
        };
    try (ServiceNames names = new ServiceNames(table, resolver, clock)) {
      assertTrue(names.find("142.250.187.206").isEmpty());
      boolean found = false;
      for (int i = 0; i < 2000 && !found; i++) {
        Thread.sleep(1);
        found = names.find("142.250.187.206").isPresent();
      }
      assertTrue(found);
      assertEquals(1, asked.size());
    }
  }

  @Test
  void looksUpAtMostFiveNamesASecondAndEachOnce() throws Exception {
    VirtualClock clock = new VirtualClock();
    Instant before = clock.now();
    Set<String> asked = ConcurrentHashMap.newKeySet();
    ServiceNames.Resolver resolver =
        address -> {
          assertTrue(asked.add(address), "asked twice for " + address);
          return Optional.empty();
        };
    try (ServiceNames names = new ServiceNames(ServiceTable.standard(), resolver, clock)) {
      for (int packet = 0; packet < 1000; packet++) {
        names.find("198.51.100." + packet % 20);
      }
      Instant earliest = before.plus(Duration.ofSeconds(19).dividedBy(ServiceNames.PER_SECOND));
      for (int i = 0; i < 5000 && asked.size() < 20; i++) {
        Thread.sleep(1);
      }
      assertEquals(20, asked.size());
      assertFalse(clock.now().isBefore(earliest), "too quick: " + clock.now());
    }
  }

  @Test
  void aMalformedTableNamesItsLine() throws Exception {
    Path file = directory.resolve("services.txt");
    Files.writeString(file, "# mine\nyoutube youtube video\nonly two\n");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ServiceTable.of(file));
    assertTrue(String.valueOf(e.getMessage()).contains("line 3"), e.getMessage());
  }
}
