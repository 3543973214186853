package io.github.qosrl.probes.flows;

import io.github.qosrl.core.Direction;
import io.github.qosrl.core.Measurement;
import io.github.qosrl.probes.packet.PcapCursor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what tcpdump saw of both directions as the probe would have, window by window. */
final class FlowReplay {
  private FlowReplay() {}

  /** The windows, of that length each, from the first packet on. */
  static List<Measurement> windows(Path received, Path sent, Duration length) throws IOException {
    List<Measurement> windows = new ArrayList<>();
    FlowMeter meter = new FlowMeter();
    try (Side down = new Side(received);
        Side up = new Side(sent)) {
      boolean hasDown = down.next();
      boolean hasUp = up.next();
      long from = Math.min(hasDown ? down.time() : Long.MAX_VALUE, up.time());
      while (hasDown || hasUp) {
        boolean isDown = hasDown && (!hasUp || down.time() < up.time());
        long time = isDown ? down.time() : up.time();
        for (; time >= from + length.toNanos(); from += length.toNanos()) {
          Measurement.Builder m = Measurement.builder(instant(from), instant(from).plus(length));
          meter.take(m, length.toNanos() * 1e-9);
          windows.add(m.build());
        }
        meter.add(
            isDown ? down.records : up.records, isDown ? Direction.DOWNLOAD : Direction.UPLOAD);
        hasDown = isDown ? down.next() : hasDown;
        hasUp = isDown ? hasUp : up.next();
      }
    }
    return windows;
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  private static final class Side implements AutoCloseable {
    private final PcapCursor records = new PcapCursor();
    private final InputStream in;

    Side(Path file) throws IOException {
      in = Files.newInputStream(file);
    }

    boolean next() throws IOException {
      while (!records.next()) {
        if (records.fill(in) <= 0) {
          return false;
        }
      }
      return true;
    }

    long time() {
      return records.time();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
