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
 * FIFO, as modems and base stations have it. Where it serves ICMP apart, the router's own pings go
 * first, and none but the router's: the client's measure what a user's packets wait. Not
 * thread-safe.
 */
final class Bottleneck implements AutoCloseable {
  /** Bytes of a full packet on the wire, with the Ethernet header that HTB counts. */
  private static final int PACKET = 1514;

  /** What may pass at once after a pause, as time at the class's rate. */
  private static final double BURST_SECONDS = 0.004;

  /** What HTB guarantees a class that shall live on what its parent lends. */
  private static final BitRate NOTHING = BitRate.ofKilobits(8);

  private final Host isp;
  private final boolean icmpApart;
  private final HostProcess tc;

  /**
   * @param downloadBuffer bytes that the download's FIFO holds
   * @param uploadBuffer bytes that the upload's FIFO holds
   * @param icmpApart whether the router's pings are served before all else
   */
  Bottleneck(
      Host isp,
      BitRate download,
      BitRate upload,
      long downloadBuffer,
      long uploadBuffer,
      boolean icmpApart)
      throws QosException, InterruptedException {
    this.isp = isp;
    this.icmpApart = icmpApart;
    String batch =
        build(LabNetwork.USER, "dst", download, downloadBuffer)
            + build(LabNetwork.NET, "src", upload, uploadBuffer);
    isp.run(Command.of("tc", "-batch", "-").withInput(batch)).orThrow();
    tc = isp.start(Command.of("tc", "-force", "-batch", "-"));
  }

  private String build(String device, String router, BitRate rate, long buffer) {
    String queue = "qdisc add dev %s root handle 1: htb default 1\n".formatted(device);
    String fifo = "qdisc add dev %s parent 1:%d handle 11: bfifo limit %d\n";
    if (!icmpApart) {
      return queue + line("add", device, rate) + fifo.formatted(device, 1, buffer);
    }
    return queue.replace("default 1", "default 2")
        + line("add", device, rate)
        + fifo.formatted(device, 2, buffer)
        + "filter add dev %s parent 1: protocol ip u32 match ip protocol 1 0xff match ip %s %s/32 flowid 1:3\n"
            .formatted(device, router, LabNetwork.ROUTER);
  }

  /** The class that has the capacity, and its two children where ICMP is served apart. */
  private String line(String verb, String device, BitRate rate) {
    String all = line(verb, device, "1: classid 1:1", rate, rate, 0);
    return icmpApart
        ? all
            + line(verb, device, "1:1 classid 1:2", NOTHING, rate, 1)
            + line(verb, device, "1:1 classid 1:3", NOTHING, rate, 0)
        : all;
  }

  private static String line(
      String verb, String device, String place, BitRate rate, BitRate ceiling, int priority) {
    // Timers run about a millisecond late in user mode: a smaller bucket would lose capacity there.
    long burst = Math.max(2L * PACKET, Math.round(ceiling.bytesPerSecond() * BURST_SECONDS));
    return "class %s dev %s parent %s htb rate %dbit ceil %dbit burst %d cburst %d prio %d quantum %d\n"
        .formatted(
            verb,
            device,
            place,
            rate.bitsPerSecond(),
            ceiling.bitsPerSecond(),
            burst,
            burst,
            priority,
            2 * PACKET);
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
