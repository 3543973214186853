package io.github.qosrl.probes.flows;

import io.github.qosrl.core.host.HostProcess;
import io.github.qosrl.probes.packet.PcapCursor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What one {@code tcpdump} writes: read when somebody wants to know, everything there is at once,
 * since to wake a thread for each packet would cost several times what the packet itself does. Not
 * thread-safe.
 */
final class CaptureStream {
  private final HostProcess process;
  private final Sampling sampling;
  private final InputStream out;
  private final InputStream err;
  private final PcapCursor records = new PcapCursor();
  private boolean broken;
  private String damage = "";

  CaptureStream(HostProcess process, Sampling sampling) {
    this.process = process;
    this.sampling = sampling;
    this.out = process.stdout();
    this.err = process.stderr();
  }

  Sampling sampling() {
    return sampling;
  }

  /** The record that {@link #advance} has gone on to. */
  PcapCursor record() {
    return records;
  }

  /** Whether the head of the stream has come: from then on packets are captured. */
  boolean begun() {
    try {
      if (!records.begun() && out.available() > 0) {
        records.fill(out);
      }
      return records.begun();
    } catch (IOException e) {
      broken(e);
      return false;
    }
  }

  /** Goes on to the next record; false if none has come yet. Does not block. */
  boolean advance() {
    try {
      while (!broken) {
        if (records.next()) {
          return true;
        }
        if (out.available() <= 0 || records.fill(out) < 0) {
          return false;
        }
      }
    } catch (IOException e) {
      broken(e);
    }
    return false;
  }

  private void broken(IOException e) {
    broken = true;
    damage = String.valueOf(e.getMessage());
  }

  /** Whether no more will come. */
  boolean ended() {
    return broken || !process.alive();
  }

  /** What tcpdump said at last, on standard error. */
  String lastWords() {
    try {
      byte[] said = err.readNBytes(Math.min(4000, Math.max(0, err.available())));
      String text = new String(said, StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? damage : text;
    } catch (IOException e) {
      return damage;
    }
  }

  /** Ends it. */
  void close() {
    process.close();
  }
}
