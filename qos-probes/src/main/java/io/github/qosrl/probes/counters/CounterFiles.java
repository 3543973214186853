package io.github.qosrl.probes.counters;

import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostFile;
import java.time.Instant;
import java.util.List;

/** The files that hold an interface's counters. Not thread-safe. */
final class CounterFiles implements AutoCloseable {
  private record Counter(String path, HostFile file) {
    long read() throws HostException {
      String text = file.read().strip();
      try {
        // Counters are unsigned 64-bit; one with the top bit set reads as negative and subtracts
        // well.
        return Long.parseUnsignedLong(text);
      } catch (NumberFormatException e) {
        throw new HostException(
            HostException.Kind.FAILED, path + " holds '" + text + "', not a number", e);
      }
    }
  }

  private final Counter ifindex;
  private final Counter rxBytes;
  private final Counter txBytes;
  private final Counter rxPackets;
  private final Counter txPackets;

  CounterFiles(Host host, String interfaceName) {
    String base = "/sys/class/net/" + interfaceName;
    this.ifindex = counter(host, base + "/ifindex");
    this.rxBytes = counter(host, base + "/statistics/rx_bytes");
    this.txBytes = counter(host, base + "/statistics/tx_bytes");
    this.rxPackets = counter(host, base + "/statistics/rx_packets");
    this.txPackets = counter(host, base + "/statistics/tx_packets");
  }

  private static Counter counter(Host host, String path) {
    return new Counter(path, host.file(path));
  }

  /**
   * Reads the counters.
   *
   * @throws HostException if the interface is not there
   */
  CounterReading read(Instant at) throws HostException {
    return new CounterReading(
        at, ifindex.read(), rxBytes.read(), txBytes.read(), rxPackets.read(), txPackets.read());
  }

  @Override
  public void close() {
    List.of(ifindex, rxBytes, txBytes, rxPackets, txPackets).forEach(c -> c.file().close());
  }
}
