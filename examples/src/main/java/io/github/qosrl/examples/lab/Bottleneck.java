package io.github.qosrl.examples.lab;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.Direction;
import io.github.qosrl.core.QosException;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.host.HostProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The link's narrowest place: for each direction an HTB class of the present capacity before a deep
 * FIFO, as modems and base stations have it. Not thread-safe.
 */
final class Bottleneck implements AutoCloseable {
  /** Bytes of a full packet on the wire, with the Ethernet header that HTB counts. */
  private static final int PACKET = 1514;

  /** What may pass at once after a pause, as time at the class's rate. */
  private static final double BURST_SECONDS = 0.004;

  private final Host isp;
  private final HostProcess tc;

  /**
   * @param buffer bytes that the download's FIFO holds, and the upload's
   */
  Bottleneck(Host isp, BitRate download, BitRate upload, long downloadBuffer, long uploadBuffer)
      throws QosException, InterruptedException {
    this.isp = isp;
    String batch =
        build(LabNetwork.USER, download, downloadBuffer)
            + build(LabNetwork.NET, upload, uploadBuffer);
    isp.run(Command.of("tc", "-batch", "-").withInput(batch)).orThrow();
    tc = isp.start(Command.of("tc", "-force", "-batch", "-"));
  }

  private static String build(String device, BitRate rate, long buffer) {
    return "qdisc add dev %1$s root handle 1: htb default 1\n%2$sqdisc add dev %1$s parent 1:1 handle 11: bfifo limit %3$d\n"
        .formatted(device, line("add", device, rate), buffer);
  }

  private static String line(String verb, String device, BitRate rate) {
    // Timers run about a millisecond late in user mode: a smaller bucket would lose capacity there.
    long burst = Math.max(2L * PACKET, Math.round(rate.bytesPerSecond() * BURST_SECONDS));
    return "class %s dev %s parent 1: classid 1:1 htb rate %dbit burst %d cburst %d quantum %d\n"
        .formatted(verb, device, rate.bitsPerSecond(), burst, burst, 2 * PACKET);
  }

  /** Moves the capacity of one direction, in place: the queue stays. */
  void set(Direction direction, BitRate capacity) throws HostException {
    String device = direction == Direction.DOWNLOAD ? LabNetwork.USER : LabNetwork.NET;
    try {
      tc.stdin().write(line("change", device, capacity).getBytes(StandardCharsets.UTF_8));
      tc.stdin().flush();
    } catch (IOException e) {
      throw new HostException(
          HostException.Kind.FAILED, "the laboratory's tc session ended: " + e.getMessage(), e);
    }
  }

  /** Bytes that have left the bottleneck in one direction. */
  long passed(Direction direction) throws HostException {
    String device = direction == Direction.DOWNLOAD ? LabNetwork.USER : LabNetwork.NET;
    return Long.parseLong(isp.read("/sys/class/net/" + device + "/statistics/tx_bytes").strip());
  }

  @Override
  public void close() {
    tc.close();
  }
}
