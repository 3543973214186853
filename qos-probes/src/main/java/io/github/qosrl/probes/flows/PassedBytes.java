package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostFile;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What passed an interface in all, by its own counters ({@code /sys/class/net/IF/statistics},
 * sysfs-class-net): what coverage is a part of. Read twice a second at most, which is enough for
 * that. Not thread-safe.
 */
final class PassedBytes implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(500);

  private final HostFile receivedFile;
  private final HostFile sentFile;
  private @Nullable Instant last;
  private long received = -1;
  private long sent = -1;

  PassedBytes(Host host, String interfaceName) {
    String directory = "/sys/class/net/" + interfaceName + "/statistics/";
    this.receivedFile = host.file(directory + "rx_bytes");
    this.sentFile = host.file(directory + "tx_bytes");
  }

  /** Reads the counters, if it is time, and tells a meter what they grew by. */
  void read(Instant now, FlowMeter meter) {
    if (last != null && Duration.between(last, now).compareTo(EVERY) < 0) {
      return;
    }
    last = now;
    received = grown(Direction.DOWNLOAD, received, receivedFile, meter);
    sent = grown(Direction.UPLOAD, sent, sentFile, meter);
  }

  private long grown(Direction direction, long before, HostFile counter, FlowMeter meter) {
    try {
      long now = Long.parseUnsignedLong(counter.read().strip());
      if (before >= 0 && now > before) {
        meter.passed(direction, now - before);
      }
      return now;
    } catch (HostException | NumberFormatException e) {
      // The interface is gone, of which the capture itself tells.
      return -1;
    }
  }

  @Override
  public void close() {
    receivedFile.close();
    sentFile.close();
  }
}
