package io.github.qosrl.probes.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/** A recorded capture, for tests of other packages. */
public final class CaptureSample {
  private CaptureSample() {}

  /** A pcap file of DNS queries only. */
  public static Path dnsTraffic(Path directory) throws IOException {
    String[] packets = Collections.nCopies(40, PcapFile.UDP4).toArray(new String[0]);
    return Files.write(
        directory.resolve("dns.pcap"), PcapFile.of(ByteOrder.LITTLE_ENDIAN, false, 1, packets));
  }
}
